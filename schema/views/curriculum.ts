import { id, int, prose, text, view } from '../view.ts';

export const subjects = view('subjects', {
  type: 'Subject',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id(''),
    title: text(''),
  },
});

export const courses = view('courses', {
  type: 'Course',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id(''),
    subject_id: id('').nullable().references('subjects', { as: 'subject', back: 'courses' }),
    title: text(''),
  },
});

export const units = view('units', {
  type: 'Unit',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id(''),
    title: text(''),
  },
});

export const lessons = view('lessons', {
  type: 'Lesson',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id(''),
    title: text(''),
  },
});

export const tests = view('tests', {
  type: 'Test',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id(''),
    title: text(''),
  },
});

export const questions = view('questions', {
  type: 'Question',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id(''),
    title: text(''),
    type: text('').nullable(),
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
  description: '',
  columns: {
    unit_id: id('').references('units', { as: 'unit', back: 'unitCourses' }),
    course_id: id('').references('courses', { as: 'course', back: 'unitCourses' }),
  },
});

export const testParents = view('test_parents', {
  type: 'TestParent',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['test_id', 'parent_id'],
  order: ['test_id', 'parent_id'],
  crossings: [{ near: 'parent_id', far: 'test_id', as: 'tests' }],
  description: '',
  columns: {
    test_id: id('').references('tests', { as: 'test', back: 'testParents' }),
    parent_id: id('').references('resource', { as: 'parent', back: 'testParents' }),
    parent_type: text('').nullable(),
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
  description: '',
  columns: {
    question_id: id('').references('questions', { as: 'question', back: 'questionTests' }),
    test_id: id('').references('tests', { as: 'test', back: 'questionTests' }),
  },
});

export const resourceRelations = view('resource_relations', {
  type: 'ResourceRelation',
  domain: 'curriculum',
  scope: 'reference',
  grain: [],
  order: ['destination_resource_id', 'item_order', 'source_resource_id'],
  crossings: [
    { near: 'source_resource_id', far: 'destination_resource_id', as: 'parents' },
    { near: 'destination_resource_id', far: 'source_resource_id', as: 'children' },
  ],
  description: '',
  columns: {
    source_resource_id: id('').references('resource', { as: 'source', back: 'relationsAsSource' }),
    destination_resource_id: id('').references('resource', { as: 'destination', back: 'relationsAsDestination' }),
    relationship_type: text(''),
    item_order: int('').nullable(),
  },
});

export const curriculumItems = view('curriculum_items', {
  type: 'CurriculumItem',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['curriculum_item_id'],
  order: ['curriculum_item_code'],
  description: '',
  columns: {
    curriculum_item_id: id(''),
    curriculum_item_title: prose('').nullable(),
    curriculum_item_code: text('').nullable(),
    curriculum_item_type: text('').nullable(),
  },
});

export const caseCourses = view('case_courses', {
  type: 'CaseCourse',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id('').references('curriculum_items', { as: 'curriculumItem', back: 'caseCourse' }),
    title: text('').nullable(),
    case_subject_id: id('').nullable().references('case_subjects', { as: 'caseSubject', back: 'caseCourses' }),
  },
});

export const caseSubjects = view('case_subjects', {
  type: 'CaseSubject',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['title'],
  description: '',
  columns: {
    id: id(''),
    title: text(''),
    hierarchy_code: text(''),
    description: prose('').nullable(),
  },
});

export const grades = view('grades', {
  type: 'Grade',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['order_number'],
  description: '',
  columns: {
    id: id(''),
    grade_identifier: text(''),
    label: text(''),
    order_number: int(''),
  },
});

export const learningApps = view('learning_apps', {
  type: 'LearningApp',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['id'],
  order: ['name'],
  description: '',
  columns: {
    id: id(''),
    name: text(''),
  },
});

export const learningAppSubjects = view('learning_app_subjects', {
  type: 'LearningAppSubject',
  domain: 'curriculum',
  scope: 'reference',
  grain: ['learning_app_id', 'subject_title'],
  order: ['subject_title'],
  description: '',
  columns: {
    learning_app_id: id('').references('learning_apps', { as: 'learningApp', back: 'learningAppSubjects' }),
    subject_title: text('').references('subjects', { as: 'subjects', back: 'learningAppSubjects', column: 'title' }),
  },
});
