import { id, int, prose, text, view } from '../view.ts';

export const subjects = view('subjects', {
  type: 'Subject',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description:
    'A subject of the content library, such as Mathematics, under which its courses are filed. Not the CASE subject that classes, enrolments and placements mean: that is CaseSubject.',
  columns: {
    id: id('Id of the subject in the content library; not interchangeable with a CASE subject id.'),
    title: text('Name of the subject; where it has none its description, else "N/A". Two subjects may share a title.'),
  },
});

export const courses = view('courses', {
  type: 'Course',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description:
    'A course of the content library, filed under one subject. The roster keeps courses of its own, and only some of their ids are known here.',
  columns: {
    id: id(
      'Id of the course, usually a UUID. Classes and enrolments name a roster course, whose id may or may not be one of these.',
    ),
    subject_id: id(
      'Subject that the course is filed under; of several, the first in their order. Null when it is filed under none. Not a CASE subject.',
    )
      .nullable()
      .references('subjects', { as: 'subject', back: 'courses' }),
    title: text(
      'Name of the course; its description stands in for a missing name, "N/A" for both. Example: Algebra I.',
    ),
  },
});

export const units = view('units', {
  type: 'Unit',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description:
    'A unit: a stretch of a course, made up of lessons. One unit can serve several courses, so ask for its courses, not for its course.',
  columns: {
    id: id('Id of the unit, usually a UUID; the same in every course that uses the unit.'),
    title: text('Name of the unit; its description stands in for a missing name, "N/A" for both. Example: Fractions.'),
  },
});

export const lessons = view('lessons', {
  type: 'Lesson',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description:
    'A lesson: something that a student opens and works through. Which unit or course it lies in is told by its relations, not by a column.',
  columns: {
    id: id('Id of the lesson, usually a UUID. Attempts name it as their `resourceId`.'),
    title: text(
      'Name of the lesson; its description stands in for a missing name, "N/A" for both. Example: Comparing fractions.',
    ),
  },
});

export const tests = view('tests', {
  type: 'Test',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description:
    'A test, which gathers questions. It can hang below several parents of any level, from a topic to a whole course, so there is no single lesson to it.',
  columns: {
    id: id(
      'Id of the test: UUID or web address, compared as written. Example: https://apps.example.org/lesson/42/practice.',
    ),
    title: text(
      'Name of the test; its description stands in for a missing name, "N/A" for both. Example: Weekly check.',
    ),
  },
});

export const questions = view('questions', {
  type: 'Question',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description:
    'A question and its kind. It may be used in several tests. How students did on it is told by attempts; choices, solutions and difficulty are not part of this graph.',
  columns: {
    id: id('Id of the question: UUID or web address, compared as written. Attempts name it as their `resourceId`.'),
    title: text(
      'Name of the question, often its wording; its description stands in for a missing name, "N/A" for both.',
    ),
    type: text(
      'How the question is put to the student, in the words of its source: an open list, so far quiz and guiding. Null when the source does not say.',
    )
      .ofOpenList()
      .nullable(),
  },
});

export const unitCourses = view('unit_courses', {
  type: 'UnitCourse',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['unit_id', 'course_id'],
  order: ['course_id', 'unit_id'],
  crossings: [
    { near: 'unit_id', far: 'course_id', as: 'courses' },
    { near: 'course_id', far: 'unit_id', as: 'units' },
  ],
  description:
    'A unit and a course that contains it directly. A unit that lies in a section of a course makes no pair with that course.',
  columns: {
    unit_id: id('The unit of the pair; it comes back with every course that uses it.').references('units', {
      as: 'unit',
      back: 'unitCourses',
    }),
    course_id: id('The course of the pair. A course without units is in no pair.').references('courses', {
      as: 'course',
      back: 'unitCourses',
    }),
  },
});

export const testParents = view('test_parents', {
  type: 'TestParent',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['test_id', 'parent_id'],
  order: ['test_id', 'parent_id'],
  crossings: [{ near: 'parent_id', far: 'test_id', as: 'tests' }],
  description:
    'A test and something that directly contains it. What looks like one parent listed twice may be one thing under two ids: nothing is merged here.',
  columns: {
    test_id: id('The test of the pair; it comes back with every parent it has.').references('tests', {
      as: 'test',
      back: 'testParents',
    }),
    parent_id: id(
      'What contains the test, a UUID or a web address; often a topic or section. `parent` knows the id alone where no view lists it.',
    ).references('parent', { as: 'parent', back: 'testParents' }),
    parent_type: text(
      'Kind of the parent as its source wrote it, an open list. Examples: curriculum/topic, curriculum/unit. Null when the source gave no kind.',
    )
      .ofOpenList()
      .nullable(),
  },
});

export const questionTests = view('question_tests', {
  type: 'QuestionTest',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['question_id', 'test_id'],
  order: ['test_id', 'question_id'],
  crossings: [
    { near: 'question_id', far: 'test_id', as: 'tests' },
    { near: 'test_id', far: 'question_id', as: 'questions' },
  ],
  description:
    'A question and a test that asks it. A question that is used again in another test makes another pair; twice in one test is still one pair.',
  columns: {
    question_id: id('The question of the pair; it comes back with every test that asks it.').references('questions', {
      as: 'question',
      back: 'questionTests',
    }),
    test_id: id('The test of the pair, always one that `test` finds.').references('tests', {
      as: 'test',
      back: 'questionTests',
    }),
  },
});

/** What the other words of a relation mean, only their sources know. */
const isPartOf = { column: 'relationship_type', word: 'isPartOf' };

export const resourceRelations = view('resource_relations', {
  type: 'ResourceRelation',
  domain: 'curriculum',
  scope: 'reference',
  grain: [],
  order: ['destination_resource_id', 'item_order', 'source_resource_id'],
  crossings: [
    { near: 'source_resource_id', far: 'destination_resource_id', as: 'parents', only: isPartOf },
    { near: 'destination_resource_id', far: 'source_resource_id', as: 'children', only: isPartOf },
  ],
  description:
    'An arrow between two pieces of content. For isPartOf it points upwards: the source lies inside the destination. Either end may be unknown to this graph, and one pair may have several places.',
  columns: {
    source_resource_id: id(
      'Where the arrow starts; for isPartOf the inner piece, such as a lesson. May name content that no view lists.',
    ).references('resource', { as: 'source', back: 'relationsAsSource' }),
    destination_resource_id: id(
      'Where the arrow ends; for isPartOf the outer piece, such as a unit. May name content that no view lists.',
    ).references('resource', { as: 'destination', back: 'relationsAsDestination' }),
    relationship_type: text(
      'What the arrow means, an open list. Example: isPartOf. Filter by it before walking up or down.',
    ).ofOpenList(),
    item_order: int(
      'Place of the source among its neighbours in the destination, lowest first. Null when it has no fixed place.',
    ).nullable(),
  },
});

export const curriculumItems = view('curriculum_items', {
  type: 'CurriculumItem',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['curriculum_item_id'],
  order: ['curriculum_item_code'],
  description:
    'One node of a CASE framework, anything from a whole course to a single standard. Mastery is measured against these, not against lessons or tests.',
  columns: {
    curriculum_item_id: id(
      'Id of the CASE item, a UUID. Where the item is a course, `CaseCourse.id` is the same value.',
    ),
    curriculum_item_title: prose(
      'What the item says in full, be it the name of a course or the wording of a standard. Null when the framework gives no wording.',
    ).nullable(),
    curriculum_item_code: text(
      'Short code that teachers quote. Example: CCSS.MATH.1.OA.1. Null when the item has none; the wording does not stand in.',
    ).nullable(),
    curriculum_item_type: text(
      'What the item is, in the words of its framework: an open list with standard, topic, course and others. Null when it is unclassified.',
    )
      .ofOpenList()
      .nullable(),
  },
});

export const caseCourses = view('case_courses', {
  type: 'CaseCourse',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description:
    'A curriculum item that is a course, with its CASE subject. The CurriculumItem of the same id is the same thing; a Course of the content library is not.',
  columns: {
    id: id('Id of the CASE item that is this course, a UUID.').references('curriculum_items', {
      as: 'curriculumItem',
      back: 'caseCourse',
    }),
    title: text(
      'Wording of the course as the framework prints it. Null when there is none; "N/A" is not put in its place.',
    ).nullable(),
    case_subject_id: id(
      'CASE subject of the course; of several, the one with the smallest id. Null when the framework maps it to none.',
    )
      .nullable()
      .references('case_subjects', { as: 'caseSubject', back: 'caseCourses' }),
  },
});

export const caseSubjects = view('case_subjects', {
  type: 'CaseSubject',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description:
    'A subject of the CASE framework: what classes, course enrolments and placements mean by subject. Courses of the content library go by Subject instead.',
  columns: {
    id: id('A UUID of the CASE framework; not interchangeable with the id of a Subject.'),
    title: text('Name that the framework gives the subject. Example: Reading.'),
    hierarchy_code: text(
      'Where the publisher puts the subject in its own tree. Text in a style of its own, so leading zeros count. Example: MATH.',
    ),
    description: prose('What the publisher says the subject covers. Null when it says nothing.').nullable(),
  },
});

export const grades = view('grades', {
  type: 'Grade',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['order_number'],
  description:
    'A grade level of the school system, one for each step from before kindergarten to after high school. The level that a child is at is told by her placements.',
  columns: {
    id: id('Id of the level, a UUID; the value of every `gradeId`.'),
    grade_identifier: text(
      'CEDS code of the level, always text: KG, 01, 12. It does not sort by age; `orderNumber` does.',
    ),
    label: text('The level as people write it. Example: Grade 1.'),
    order_number: int('Place of the level on the way up, youngest first; no two levels share a number.'),
  },
});

export const learningApps = view('learning_apps', {
  type: 'LearningApp',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['name'],
  description:
    'A program that is connected to the platform. Assessment and internal programs are listed as well, so not every row is something to learn with.',
  columns: {
    id: id('Id of the program, a UUID. Sessions name their app in another way and match only where the two are equal.'),
    name: text('Name under which the program is shown; no two share one. Example: Alpha Reading.'),
  },
});

export const learningAppSubjects = view('learning_app_subjects', {
  type: 'LearningAppSubject',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['learning_app_id', 'subject_title'],
  order: ['subject_title'],
  description:
    'A learning app and the name of a subject that it teaches. An app with two subjects has two rows, an app with none has no row.',
  columns: {
    learning_app_id: id('The app of the pair; it comes back with every subject it teaches.').references(
      'learning_apps',
      { as: 'learningApp', back: 'learningAppSubjects' },
    ),
    subject_title: text(
      'Name of the subject: text, not a key. Several subjects may bear it, or none. Example: Mathematics.',
    ).references('subjects', { as: 'subjects', back: 'learningAppSubjects', column: 'title' }),
  },
});
