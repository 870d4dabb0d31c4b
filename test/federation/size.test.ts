import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import { getIntrospectionQuery, graphqlSync, parse } from 'graphql';
import { expect, it } from 'vitest';
import { printSubgraph } from '../../schema/federation.ts';
import { createSubgraph, domains } from '../../schema/subgraphs.ts';
import { root } from '../../src/root.ts';

// What tools have to read, lists have to show and gateways have to compose: an editor or a router that takes too long over
// it is a reason not to use the graph.

const whole = createSubgraph('timeback');
const types = Object.keys(whole.getTypeMap()).filter((name) => !name.startsWith('__')).length;
const { data } = graphqlSync({ schema: whole, source: getIntrospectionQuery() });
const bytes = Buffer.byteLength(JSON.stringify(data));

it('has at most 550 types', () => {
  expect(types, '"Mind the size" in CONTRIBUTING.md says what to do').toBeLessThanOrEqual(550);
});

it('tells everything about itself in at most 900 kB', () => {
  expect(bytes, '"Mind the size" in CONTRIBUTING.md says what to do').toBeLessThanOrEqual(900_000);
});

it('is as large as docs/federation.md says', () => {
  const page = readFileSync(join(root, 'docs', 'federation.md'), 'utf8');
  expect(page).toContain(`\n${types} types and ${Math.round(bytes / 1_000)} kB of introspection`);
});

it.each([
  ['Apollo', composeServices],
  ['the Guild', composeWithGuild],
])('is composed by the library of %s fast enough to do it with every change', (_, compose) => {
  const services = domains.map((name) => ({
    name,
    url: `http://${name}.example`,
    typeDefs: parse(printSubgraph(createSubgraph(name))),
  }));
  // Seconds of the processor, of which a busy machine takes hardly more; the first time compiles the composer.
  const seconds = [1, 2].map(() => {
    const begun = process.cpuUsage();
    expect(compose(services).errors).toBeUndefined();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1e6;
  });
  expect(Math.min(...seconds)).toBeLessThan(3);
});
