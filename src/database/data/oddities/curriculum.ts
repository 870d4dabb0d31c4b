import { addQuestion, addResource, addTest, courseId, relate, subjectId } from '../demo/curriculum.ts';
import { demoId } from '../ids.ts';
import type { Oddity } from './oddity.ts';

export const resources = {
  untitledSubject: demoId('odd/subject without title'),
  courseInTwoSubjects: demoId('odd/course in two subjects'),
  courseWithoutSubject: demoId('odd/course without subject'),
  unitInTwoCourses: demoId('odd/unit in two courses'),
  unitWithoutCourse: demoId('odd/unit without course'),
  unitOfUnknownCourse: demoId('odd/unit of unknown course'),
  blankLesson: demoId('odd/lesson of blanks'),
  lessonOfDescription: demoId('odd/lesson of description'),
  testAlone: 'https://lantern.example/tests/alone?draft=true&id=7#top',
  testOfManyParents: demoId('odd/test of many parents'),
  testOfUnknownParent: 'urn:lantern:test:of-unknown-parent',
  /** One level under two ids: its address, and a UUID. */
  levelByAddress: 'https://lantern.example/levels/4',
  levelById: demoId('odd/level 4'),
  parentWithoutType: demoId('odd/parent without type'),
  cycleOne: demoId('odd/cycle one'),
  cycleTwo: demoId('odd/cycle two'),
  cycleThree: demoId('odd/cycle three'),
  selfContained: demoId('odd/self contained'),
  removedOne: 'urn:removed:resource:1',
  removedTwo: 'urn:removed:resource:2',
  twiceInOneTest: demoId('odd/question twice in one test'),
  untypedQuestion: demoId('odd/question without type'),
  questionByUrn: 'urn:wordsmith:question:odd%20one_100%',
  questionByAddress: 'https://lantern.example/question/über-uns/“odd”',
  longQuestion: demoId('odd/question of three thousand letters'),
  hostileQuestion: demoId('odd/question of hostile letters'),
  questionOfLesson: demoId('odd/question of a lesson'),
} as const;

const mathematics4 = courseId('Mathematics 4');
const science4 = courseId('Science 4');

const isPartOf = (source: string, destination: string) =>
  `select from caliper_resource_relation
    where source_id = ${source} and destination_id = ${destination} and relationship_type = 'isPartOf'`;

const oddParents: readonly Oddity[] = [
  {
    name: 'a course in two subjects',
    at: [resources.courseInTwoSubjects],
    sql: `select from caliper_resource_relation where source_id = $1 having count(distinct destination_id) = 2`,
    add: (data) => {
      const id = resources.courseInTwoSubjects;
      addResource(data, id, 'curriculum/course', 'Reading about science');
      relate(data, id, subjectId('Science'), 20);
      relate(data, id, subjectId('Reading'), 10);
    },
  },
  {
    name: 'a course without a subject',
    at: [resources.courseWithoutSubject],
    sql: `select from caliper_assignable_digital_resource r where id = $1
      and not exists (select from caliper_resource_relation where source_id = r.id)`,
    add: (data) => addResource(data, resources.courseWithoutSubject, 'curriculum/course', 'Study habits'),
  },
  {
    name: 'a unit in two courses',
    at: [resources.unitInTwoCourses],
    sql: `select from caliper_resource_relation where source_id = $1 having count(distinct destination_id) = 2`,
    add: (data) => {
      addResource(data, resources.unitInTwoCourses, 'curriculum/unit', 'Unit 5: Graphs of the weather');
      relate(data, resources.unitInTwoCourses, mathematics4, 5);
      relate(data, resources.unitInTwoCourses, science4, 5);
    },
  },
  {
    name: 'a unit without a course, but with a section',
    at: [resources.unitWithoutCourse, demoId('section/Science 4')],
    sql: isPartOf('$1', '$2'),
    add: (data) => {
      addResource(data, resources.unitWithoutCourse, 'curriculum/unit', 'Unit 0: Before we start');
      relate(data, resources.unitWithoutCourse, demoId('section/Science 4'), null);
    },
  },
  {
    name: 'a unit of a course that was removed',
    at: [resources.unitOfUnknownCourse, resources.removedOne],
    sql: `${isPartOf('$1', '$2')} and not exists (select from caliper_entity where id = $2)`,
    add: (data) => {
      addResource(data, resources.unitOfUnknownCourse, 'curriculum/unit', 'Unit 9: Left behind');
      relate(data, resources.unitOfUnknownCourse, resources.removedOne, 9);
    },
  },
  {
    name: 'a test without parents and without questions, named by an address',
    at: [resources.testAlone],
    sql: `select from caliper_assessment t where id = $1
      and not exists (select from caliper_resource_relation where t.id in (source_id, destination_id))`,
    add: (data) => addTest(data, resources.testAlone, 'Draft: do not use'),
  },
  {
    name: 'a test with eight parents of all kinds, one under two ids and one of no type',
    at: [resources.testOfManyParents],
    sql: `select from caliper_resource_relation join caliper_assignable_digital_resource p on p.id = destination_id
      where source_id = $1 having count(*) = 8 and count(distinct media_type) = 6 and count(media_type) = 7`,
    add: (data) => {
      const test = resources.testOfManyParents;
      addTest(data, test, 'Mixed practice');
      addResource(data, resources.levelByAddress, 'curriculum/level', 'Level 4');
      addResource(data, resources.levelById, 'curriculum/level', 'Level 4');
      addResource(data, resources.parentWithoutType, null, 'Bundle of the week');
      const parents = [
        mathematics4,
        demoId('unit/Mathematics 4/Dividing'),
        demoId('lesson/Mathematics 4/Dividing/Remainders'),
        demoId('section/Mathematics 4'),
        demoId('topic/Science 4/Waves'),
        resources.levelByAddress,
        resources.levelById,
        resources.parentWithoutType,
      ];
      for (const parent of parents) relate(data, test, parent, null);
    },
  },
  {
    name: 'a test of a parent that was removed',
    at: [resources.testOfUnknownParent, resources.removedTwo],
    sql: `${isPartOf('$1', '$2')} and not exists (select from caliper_entity where id = $2)`,
    add: (data) => {
      addTest(data, resources.testOfUnknownParent, 'Warm-up');
      relate(data, resources.testOfUnknownParent, resources.removedTwo, 1);
    },
  },
  {
    name: 'a question placed twice in one test',
    at: [resources.twiceInOneTest, resources.testOfManyParents],
    sql: `${isPartOf('$1', '$2')} having count(distinct item_order) = 2`,
    add: (data) => {
      addQuestion(data, resources.twiceInOneTest, 'Once more: 7 × 8 = ?', 'quiz');
      relate(data, resources.twiceInOneTest, resources.testOfManyParents, 3);
      relate(data, resources.twiceInOneTest, resources.testOfManyParents, 11);
    },
  },
  {
    name: 'a question of a lesson, without a test between them',
    at: [resources.questionOfLesson, demoId('lesson/Mathematics 4/Dividing/Remainders')],
    sql: isPartOf('$1', '$2'),
    add: (data) => {
      addQuestion(data, resources.questionOfLesson, 'Thumbs up or down: was that clear?', 'guiding');
      relate(data, resources.questionOfLesson, demoId('lesson/Mathematics 4/Dividing/Remainders'), null);
    },
  },
];

const oddRelations: readonly Oddity[] = [
  {
    name: 'three sections in a circle',
    at: [resources.cycleOne, resources.cycleTwo, resources.cycleThree],
    sql: `select from caliper_resource_relation
      where (source_id, destination_id) in (($1, $2), ($2, $3), ($3, $1)) having count(*) = 3`,
    add: (data) => {
      const circle = [resources.cycleOne, resources.cycleTwo, resources.cycleThree];
      circle.forEach((id, index) => {
        addResource(data, id, 'curriculum/section', `Around and around, part ${index + 1}`);
        relate(data, id, circle[(index + 1) % circle.length] ?? id, 1);
      });
    },
  },
  {
    name: 'a topic that is part of itself',
    at: [resources.selfContained],
    sql: isPartOf('$1', '$1'),
    add: (data) => {
      addResource(data, resources.selfContained, 'curriculum/topic', 'Recursion');
      relate(data, resources.selfContained, resources.selfContained, null);
    },
  },
  {
    name: 'a relation between two resources that were removed',
    at: [resources.removedOne, resources.removedTwo],
    sql: isPartOf('$1', '$2'),
    add: (data) => relate(data, resources.removedOne, resources.removedTwo, null),
  },
  {
    name: 'two equal rows of one relation',
    at: [resources.removedOne, resources.levelById],
    sql: `${isPartOf('$1', '$2')} group by item_order having count(*) = 2`,
    add: (data) => {
      for (const copy of [1, 2]) relate(data, resources.removedOne, resources.levelById, 4, 'isPartOf', copy);
    },
  },
  {
    name: 'relations of other types, and one the wrong way round',
    at: [resources.testOfManyParents, mathematics4],
    sql: `select from caliper_resource_relation
      where (source_id = $2 and destination_id = $1) or (source_id = $1 and relationship_type = 'isRelatedTo')
      having count(*) = 2`,
    add: (data) => {
      relate(data, mathematics4, resources.testOfManyParents, null, 'hasPart');
      relate(data, resources.testOfManyParents, resources.removedOne, null, 'isRelatedTo');
    },
  },
];

/** A curriculum as it grows over the years: misplaced, duplicated, dangling. */
export const oddCurriculum: readonly Oddity[] = [...oddParents, ...oddRelations];
