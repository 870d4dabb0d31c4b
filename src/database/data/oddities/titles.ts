import { addQuestion, addResource, relate } from '../demo/curriculum.ts';
import { resources } from './curriculum.ts';
import type { Oddity } from './oddity.ts';

/** Titles that are missing, blank, endless or hostile, and ids that are not UUIDs. */
export const oddTitles: readonly Oddity[] = [
  {
    name: 'a subject with neither name nor description',
    at: [resources.untitledSubject],
    sql: `select from caliper_entity where id = $1 and name is null and description is null`,
    add: (data) => addResource(data, resources.untitledSubject, 'curriculum/subject', null),
  },
  {
    name: 'a lesson whose name and description are blanks',
    at: [resources.blankLesson],
    sql: `select from caliper_entity where id = $1 and name ~ '^\\s+$' and description = ''`,
    add: (data) => {
      data.add('caliper_entity', { id: resources.blankLesson, name: ' \t ', description: '' });
      data.add('caliper_assignable_digital_resource', { id: resources.blankLesson, media_type: 'curriculum/lesson' });
    },
  },
  {
    name: 'a lesson that has a description, but no name',
    at: [resources.lessonOfDescription],
    sql: `select from caliper_entity where id = $1 and name = '' and description is not null`,
    add: (data) => {
      const id = resources.lessonOfDescription;
      data.add('caliper_entity', { id, name: '', description: ' How to read a bus timetable' });
      data.add('caliper_assignable_digital_resource', { id, media_type: 'curriculum/lesson' });
    },
  },
  {
    name: 'a question of three thousand letters',
    at: [resources.longQuestion],
    sql: `select from caliper_entity where id = $1 and char_length(name) > 3000`,
    add: (data) => {
      const text = `Read the log of the ship. ${'Day after day the wind came from the west. '.repeat(80)}Why?`;
      addQuestion(data, resources.longQuestion, text, 'guiding');
    },
  },
  {
    name: 'a question of quotes, pattern signs, markup, emoji and right-to-left letters, over two lines',
    at: [resources.hostileQuestion],
    sql: `select from caliper_entity where id = $1 and name ~ '[%_]' and name ~ '\\\\' and name ~ '\\n'`,
    add: (data) => {
      const text = `100%_of "it's" \\ <b>bold</b> &amp; 🧮\nהאם 7 > 5? \u202Eabc\u202C \${jndi:x} '; --`;
      addQuestion(data, resources.hostileQuestion, text, 'quiz');
    },
  },
  {
    name: 'a question without a type',
    at: [resources.untypedQuestion],
    sql: `select from caliper_assessment_item where id = $1 and media_type is null`,
    add: (data) => addQuestion(data, resources.untypedQuestion, 'Which of these is a mammal?', null),
  },
  {
    name: 'questions named by a URN and by an address',
    at: [resources.questionByUrn, resources.questionByAddress],
    sql: `select from caliper_assessment_item where id in ($1, $2) having count(*) = 2`,
    add: (data) => {
      addQuestion(data, resources.questionByUrn, 'Put the comma where it belongs.', 'quiz');
      addQuestion(data, resources.questionByAddress, 'Who tells the story?', 'quiz');
      relate(data, resources.questionByUrn, resources.testOfManyParents, 1);
      relate(data, resources.questionByAddress, resources.testOfManyParents, 2);
    },
  },
];
