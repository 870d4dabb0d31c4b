import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { selectedFields } from '../../schema/selected.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { viewNamed } from '../../schema/views/index.ts';

const schema = createSubgraph('timeback');

test.each<[query: string, columns: Record<string, readonly string[]>]>([
  ['{ sessions { nodes { durationSec __typename } } }', { sessions: ['id', 'duration_sec'], students: ['id'] }],
  [
    '{ sessions { edges { node { ...A } } } } fragment A on Session { ... on Session { date } again: endTime }',
    { sessions: ['id', 'date', 'end_time'] },
  ],
  // Every key, where an edge is asked for; whose it is, if there are several whose it may be.
  [
    '{ sessions { nodes { durationSec learningApp { name } } } }',
    { sessions: ['id', 'student_id', 'learning_app_id', 'duration_sec'], learning_apps: ['id', 'name'] },
  ],
  ['{ testParents { nodes { testId } } }', { test_parents: ['test_id', 'parent_id'] }],
  ['{ testParents { nodes { test { id } } } }', { test_parents: ['test_id', 'parent_id', 'parent_type'] }],
  ['{ subjects { nodes { courses { totalCount } } } }', { subjects: ['id'] }],
  ['{ subjects { nodes { learningAppSubjects { totalCount } } } }', { subjects: ['id', 'title'] }],
  // Through an interface, of each type what its own field is made of.
  [
    '{ course(id: 1) { descendants { title } } }',
    {
      courses: ['id', 'subject_id', 'title'],
      units: ['id', 'title'],
      curriculum_items: ['curriculum_item_id', 'curriculum_item_title'],
    },
  ],
  [
    '{ caller { scope { organizations { id } } } guides { nodes { id } } sessions { totalCount } }',
    { sessions: ['id'] },
  ],
])('of what %s asks, these columns are read: %j', (query, columns) => {
  const selected = selectedFields(schema, parse(query));
  for (const [view, expected] of Object.entries(columns)) expect(selected.columnsOf(viewNamed(view))).toEqual(expected);
});

test('a document is looked through once for each schema, and once for each view', () => {
  const document = parse('{ sessions { nodes { durationSec } } }');
  const [here, there] = [selectedFields(schema, document), selectedFields(createSubgraph('sessions'), document)];
  expect(selectedFields(schema, document)).toBe(here);
  expect(there).not.toBe(here);
  expect(here.columnsOf(viewNamed('sessions'))).toBe(here.columnsOf(viewNamed('sessions')));
  expect(selectedFields(schema, parse('{ sessions { nodes { date } } }')).columnsOf(viewNamed('sessions'))).toEqual([
    'id',
    'date',
  ]);
});
