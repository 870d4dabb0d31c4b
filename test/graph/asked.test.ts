import { parse, validate, type GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { measuresAsked } from '../../schema/asked.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { viewNamed } from '../../schema/views/index.ts';
import { createExecutor } from '../../src/execution.ts';

const schema = createSubgraph('timeback');
const sessions = viewNamed('sessions');
const asked: unknown[] = [];

const fieldsOf = (type: string) => (schema.getType(type) as GraphQLObjectType).getFields();
fieldsOf('Query')['sessions']!.resolve = () => ({});
fieldsOf('SessionConnection')['groups']!.resolve = () => ({});
fieldsOf('SessionGroups')['nodes']!.resolve = (_, __, ___, info) => {
  asked.push(measuresAsked(info, sessions, 'summary'));
  return [];
};
fieldsOf('SessionGroups')['others']!.resolve = (_, __, ___, info) => {
  asked.push(measuresAsked(info, sessions));
  return null;
};

const count = { name: 'count' };
const of = (name: string, column = 'duration_sec') => ({ column, name });
const share = (at: number) => ({ ...of('percentile'), at });

test.each<[selection: string, measures: unknown[]]>([
  ['nodes { totalCount: __typename key { learningApp { name } } }', [[]]],
  ['nodes { summary { count durationSec { sum avg } } }', [[count, of('sum'), of('avg')]]],
  ['others { count durationSec { max } startTime { min } }', [[count, of('max'), of('min', 'start_time')]]],
  ['nodes { __typename summary { __typename durationSec { __typename sum } } } others { __typename }', [[of('sum')], []]],
  // In whatever pieces and under whatever names it is asked for, each is read once.
  ['nodes { summary { count } } nodes { again: summary { n: count durationSec { a: sum } } }', [[count, of('sum')]]],
  ['nodes { ...A ... { summary { durationSec { b: sum max } } } }', [[of('sum'), of('max'), count]]],
  // As the variables have it.
  ['nodes { summary { count @include(if: $no) durationSec { sum @skip(if: $yes) max @include(if: $yes) } } }', [[of('max')]]],
  ['nodes { summary { durationSec { a: percentile(at: 0) b: percentile(at: 1) c: percentile(at: $at) } } }', [[share(0), share(1), share(0.25)]]],
  ['nodes { summary { durationSec { a: percentile(at: -0.1) b: percentile(at: 1.1) sum } } }', [[of('sum')]]],
])('of %s', async (selection, measures) => {
  const document = parse(`query ($yes: Boolean! = true, $no: Boolean! = false, $at: Float! = 0.75) {
    sessions { groups(by: [DATE]) { ${selection} } }
  } fragment A on SessionGroup { summary { durationSec { sum } count } }`);
  expect(validate(schema, document).filter(({ message }) => !message.includes('never used'))).toEqual([]);
  asked.splice(0);
  await createExecutor(schema)({ document, variables: { at: 0.25 }, context: {} });
  expect(asked).toEqual(measures);
}); // prettier-ignore
