import { firstCourseOf, firstLessonOf, firstLessonOfQuestion, firstTestOf } from '../loaders/firstAcross.ts';
import { pageAcross, pageByForeignKey } from '../loaders/lists/pages.ts';
import { resourceByKey } from '../loaders/resourceByKey.ts';
import { resourcesAlong, walk, type WalkDirection } from '../loaders/walk.ts';
import type { Graph } from '../schema/graph.ts';
import { resourceKey } from '../schema/resources.ts';
import type { Row } from '../schema/view.ts';
import {
  caseCourses,
  courses,
  type curriculumItems,
  learningAppSubjects,
  questions,
  questionTests,
  resourceRelations,
  subjects,
  testParents,
  tests,
  unitCourses,
  units,
} from '../schema/views/curriculum.ts';

/** Subjects, courses, units, lessons, tests and questions, and how they lie in one another. */
export function curriculumResolvers(graph: Graph): void {
  const { builder, listOf, CurriculumResource } = graph;
  const { Subject, Course, Unit, Lesson, Test, Question, UnitCourse, TestParent, QuestionTest, ResourceRelation } =
    graph;
  const { CurriculumItem, CaseCourse, CaseSubject, LearningApp, LearningAppSubject } = graph;

  // Subjects and courses

  builder.objectFields(Course, (t) => ({
    subject: t.field({
      type: Subject,
      description: 'The subject that it is taught under.',
      resolve: (course) => course.subjectId,
    }),
    units: t.field({
      ...listOf(units, { description: 'The units that are directly part of it.' }),
      resolve: (course, args, context) =>
        pageAcross(context, unitCourses, { near: 'course_id', far: 'unit_id' }, course.id, args),
    }),
    unitCourses: t.field({
      ...listOf(unitCourses, { description: 'The pairs of the unit-course bridge that name it.' }),
      resolve: (course, args, context) => pageByForeignKey(context, unitCourses, 'course_id', course.id, args),
    }),
  }));

  builder.objectFields(Subject, (t) => ({
    courses: t.field({
      ...listOf(courses, { description: 'The courses of the subject.' }),
      resolve: (subject, args, context) => pageByForeignKey(context, courses, 'subject_id', subject.id, args),
    }),
    learningAppSubjects: t.field({
      ...listOf(learningAppSubjects, {
        needs: ['title'],
        description: 'Apps that name a subject of this title: a match of words, not of ids.',
      }),
      resolve: (subject, args, context) =>
        pageByForeignKey(context, learningAppSubjects, 'subject_title', (subject as Row<typeof subjects>).title, args),
    }),
  }));

  builder.objectFields(LearningAppSubject, (t) => ({
    learningApp: t.field({ type: LearningApp, description: 'The app.', resolve: (row) => row.learningAppId }),
    subjects: t.field({
      ...listOf(subjects, { description: 'Subjects of the curriculum with this title: a match of words, not of ids.' }),
      resolve: (row, args, context) => pageByForeignKey(context, subjects, 'title', row.subjectTitle, args),
    }),
  }));

  builder.objectFields(LearningApp, (t) => ({
    learningAppSubjects: t.field({
      ...listOf(learningAppSubjects, { description: 'The subjects that the app says it covers.' }),
      resolve: (app, args, context) => pageByForeignKey(context, learningAppSubjects, 'learning_app_id', app.id, args),
    }),
  }));

  // Units, tests and questions, across their bridges and beside them

  builder.objectFields(Unit, (t) => ({
    courses: t.field({
      ...listOf(courses, { description: 'The courses that it is directly part of.' }),
      resolve: (unit, args, context) =>
        pageAcross(context, unitCourses, { near: 'unit_id', far: 'course_id' }, unit.id, args),
    }),
    unitCourses: t.field({
      ...listOf(unitCourses, { description: 'The pairs of the unit-course bridge that name it.' }),
      resolve: (unit, args, context) => pageByForeignKey(context, unitCourses, 'unit_id', unit.id, args),
    }),
    courseId: t.id({
      description: 'One of its courses: the lowest id.',
      deprecationReason: 'A unit may be part of several courses: use courses.',
      resolve: (unit, _, context) => firstCourseOf(context, unit.id),
    }),
  }));

  builder.objectFields(UnitCourse, (t) => ({
    unit: t.field({ type: Unit, description: 'The unit.', resolve: (pair) => pair.unitId }),
    course: t.field({ type: Course, description: 'The course that it is part of.', resolve: (pair) => pair.courseId }),
  }));

  builder.objectFields(Question, (t) => ({
    tests: t.field({
      ...listOf(tests, { description: 'The tests that ask it.' }),
      resolve: (question, args, context) =>
        pageAcross(context, questionTests, { near: 'question_id', far: 'test_id' }, question.id, args),
    }),
    questionTests: t.field({
      ...listOf(questionTests, { description: 'The pairs of the question-test bridge that name it.' }),
      resolve: (question, args, context) => pageByForeignKey(context, questionTests, 'question_id', question.id, args),
    }),
    testId: t.id({
      description: 'One of its tests: the lowest id.',
      deprecationReason: 'A question may be in several tests: use tests.',
      resolve: (question, _, context) => firstTestOf(context, question.id),
    }),
    lessonId: t.id({
      description: 'A lesson that the test of testId is part of.',
      deprecationReason: 'A test may have several parents, of several types: use tests and their parents.',
      resolve: (question, _, context) => firstLessonOfQuestion(context, question.id),
    }),
  }));

  builder.objectFields(Test, (t) => ({
    questions: t.field({
      ...listOf(questions, { description: 'The questions that it asks.' }),
      resolve: (test, args, context) =>
        pageAcross(context, questionTests, { near: 'test_id', far: 'question_id' }, test.id, args),
    }),
    questionTests: t.field({
      ...listOf(questionTests, { description: 'The pairs of the question-test bridge that name it.' }),
      resolve: (test, args, context) => pageByForeignKey(context, questionTests, 'test_id', test.id, args),
    }),
    testParents: t.field({
      ...listOf(testParents, { description: 'The pairs of the test-parent bridge that name it.' }),
      resolve: (test, args, context) => pageByForeignKey(context, testParents, 'test_id', test.id, args),
    }),
    lessonId: t.id({
      description: 'One of the lessons that it is part of: the lowest id.',
      deprecationReason: 'A test may have several parents, of several types: use parents.',
      resolve: (test, _, context) => firstLessonOf(context, test.id),
    }),
  }));

  builder.objectFields(QuestionTest, (t) => ({
    question: t.field({ type: Question, description: 'The question.', resolve: (pair) => pair.questionId }),
    test: t.field({ type: Test, description: 'The test that asks it.', resolve: (pair) => pair.testId }),
  }));

  builder.objectFields(TestParent, (t) => ({
    test: t.field({ type: Test, description: 'The test.', resolve: (pair) => pair.testId }),
    parent: t.field({
      type: CurriculumResource,
      description: 'What the test is part of.',
      resolve: (pair, _, context) => resourceByKey(context, pair.parentId, 'parent'),
    }),
  }));

  for (const Parent of [Lesson, Unit, Course, CurriculumItem]) {
    builder.objectFields(Parent, (t) => ({
      tests: t.field({
        ...listOf(tests, { description: 'The tests that are directly part of it.' }),
        resolve: (parent, args, context) =>
          pageAcross(context, testParents, { near: 'parent_id', far: 'test_id' }, resourceKey(parent), args),
      }),
      testParents: t.field({
        ...listOf(testParents, { description: 'The pairs of the test-parent bridge that name it.' }),
        resolve: (parent, args, context) =>
          pageByForeignKey(context, testParents, 'parent_id', resourceKey(parent), args),
      }),
    }));
  }

  // The walk: whatever contains whatever

  builder.objectFields(ResourceRelation, (t) => ({
    source: t.field({
      type: CurriculumResource,
      description: 'Where the relation starts: for isPartOf, the part.',
      resolve: (relation, _, context) => resourceByKey(context, relation.sourceResourceId),
    }),
    destination: t.field({
      type: CurriculumResource,
      description: 'Where the relation leads: for isPartOf, the whole.',
      resolve: (relation, _, context) => resourceByKey(context, relation.destinationResourceId),
    }),
  }));

  const listSize = { slicingArguments: ['first'], requireOneSlicingArgument: false };
  const found = {
    type: [CurriculumResource] as [typeof CurriculumResource],
    nullable: { list: true, items: true } as const,
    extensions: { directives: { listSize: [listSize] } },
  };
  for (const Resource of [Question, Test, Lesson, Unit, Course, CurriculumItem]) {
    builder.objectFields(Resource, (t) => {
      const first = t.arg.int({
        defaultValue: walk.usual,
        description: `How many, nearest first: ${walk.most} at most.`,
      });
      const maxDepth = t.arg.int({ description: `How many steps: 1 to ${walk.deepest}.` });
      const stepTo = (direction: WalkDirection, description: string) =>
        t.field({
          ...found,
          description,
          args: { first },
          resolve: (row, args, context) =>
            resourcesAlong(context, direction, resourceKey(row), { ...args, maxDepth: 1 }),
        });
      const walkTo = (direction: WalkDirection, description: string) =>
        t.field({
          ...found,
          description,
          args: { maxDepth, first },
          resolve: (row, args, context) => resourcesAlong(context, direction, resourceKey(row), args),
        });
      return {
        parents: stepTo('up', 'What it is directly part of, in item order.'),
        children: stepTo('down', 'What is directly part of it, in item order.'),
        ancestors: walkTo('up', 'All that it is part of: nearest first, then in item order, each once.'),
        descendants: walkTo('down', 'All that is part of it: nearest first, then in item order, each once.'),
        relationsAsSource: t.field({
          ...listOf(resourceRelations, { description: 'Relations that start from it, of any type.' }),
          resolve: (row, args, context) =>
            pageByForeignKey(context, resourceRelations, 'source_resource_id', resourceKey(row), args),
        }),
        relationsAsDestination: t.field({
          ...listOf(resourceRelations, { description: 'Relations that lead to it, of any type.' }),
          resolve: (row, args, context) =>
            pageByForeignKey(context, resourceRelations, 'destination_resource_id', resourceKey(row), args),
        }),
      };
    });
  }

  // The CASE framework

  builder.objectFields(CurriculumItem, (t) => ({
    title: t.string({
      description: 'The same as curriculumItemTitle, under the name that all resources share.',
      extensions: { needs: ['curriculumItemTitle'] },
      resolve: (item) => (item as Row<typeof curriculumItems>).curriculumItemTitle,
    }),
    caseCourse: t.field({
      type: CaseCourse,
      description: 'The CASE course that it is, if it is one.',
      resolve: resourceKey,
    }),
  }));

  builder.objectFields(CaseCourse, (t) => ({
    curriculumItem: t.field({
      type: CurriculumItem,
      description: 'The same record as an item.',
      resolve: (course) => course.id,
    }),
    caseSubject: t.field({
      type: CaseSubject,
      description: 'Its CASE subject.',
      resolve: (course) => course.caseSubjectId,
    }),
  }));

  builder.objectFields(CaseSubject, (t) => ({
    caseCourses: t.field({
      ...listOf(caseCourses, { description: 'The CASE courses of the subject.' }),
      resolve: (subject, args, context) => pageByForeignKey(context, caseCourses, 'case_subject_id', subject.id, args),
    }),
  }));
}
