/**
 * The questions of Apollo's compatibility suite for subgraphs, without its containers: on the graph where it has what is asked
 * for, else on the products.
 */
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { composeServices } from '@apollo/composition';
import { buildSchema, execute, graphql, parse, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { printSubgraph, withEntities } from '../../schema/federation.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { organizations as orgs, students } from '../../src/database/data/landmarks.ts';
import { sign, startProgram, type Program } from '../program/support.ts';
import { products } from './products.ts';

interface Subgraph {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  readonly rootValue: object;
}

const entities = (members: string) => `
  scalar _Any
  union _Entity = ${members}
  extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
`;

function neighbour(name: string, members: string, types: string, rootValue: object): Subgraph {
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n${types}`;
  return { name, sdl, schema: buildSchema(sdl + entities(members), { assumeValidSDL: true }), rootValue };
}

const user = {
  __typename: 'User',
  email: 'maker@products.example',
  name: 'somebody',
  totalProductsCreated: 40,
  yearsOfEmployment: 8,
};
const users = neighbour(
  'users',
  'User',
  `type Query { user: User }
   type User @key(fields: "email") { email: ID! name: String totalProductsCreated: Int @shareable yearsOfEmployment: Int }`,
  { user, _entities: ({ representations }: { representations: unknown[] }) => representations.map(() => user) },
);
const inventory = neighbour(
  'inventory',
  'Shelf',
  `type Query { inventory: Inventory }
   interface Inventory @key(fields: "id") { id: ID! }
   type Shelf implements Inventory @key(fields: "id") { id: ID! height: Int }
   type ProductDimension @shareable { size: String unit: String }`,
  { inventory: { __typename: 'Shelf', id: 'shelf-1', height: 3 } },
);

const { supergraphSdl, errors: mistakes } = composeServices(
  [products, users, inventory].map(({ name, sdl }) => ({ name, url: `http://${name}.example`, typeDefs: parse(sdl) })),
);

const alone = (source: string) => graphql({ ...products, source });
const follow = async (reference: string, selection: string) => {
  const { data, errors } = await alone(`{ _entities(representations: [${reference}]) { ${selection} } }`);
  expect(errors).toBeUndefined();
  return (data!['_entities'] as object[])[0];
};

describe('Apollo’s criteria for subgraphs', () => {
  const fetched: string[] = [];
  const gateway = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl: supergraphSdl!,
      logger: { ...console, info: () => undefined },
      buildService: ({ name }): GraphQLDataSource => ({
        async process({ request }) {
          const { schema, rootValue } = [products, users, inventory].find((one) => one.name === name)!;
          fetched.push(name);
          const variableValues = request.variables ?? {};
          const answer = await execute({ schema, rootValue, document: parse(request.query!), variableValues });
          return JSON.parse(JSON.stringify(answer)) as object;
        },
      }),
    }),
  });
  let program: Program;
  beforeAll(async () => {
    await gateway.start();
    const schema = withEntities(createSubgraph('timeback'));
    program = await startProgram({ schema, databaseUrl: inject('demoUrl') });
  });
  afterAll(async () => {
    await gateway.stop();
    await program.stop();
  });

  async function together(query: string) {
    fetched.length = 0;
    const { body } = await gateway.executeOperation({ query });
    if (body.kind !== 'single') throw new Error('The gateway answered in parts.');
    expect(body.singleResult.errors).toBeUndefined();
    return JSON.parse(JSON.stringify(body.singleResult.data)) as Record<string, unknown>;
  }

  async function served(query: string, headers: Record<string, string> = {}) {
    return (await program.ask({ query }, { headers })).json() as Promise<{ data: Record<string, unknown> }>;
  }

  it('compose', () => expect(mistakes).toBeUndefined());

  it('1 _service, on the graph', async () => {
    const { data } = await served('{ _service { sdl } }');
    expect(data['_service']).toEqual({ sdl: printSubgraph(createSubgraph('timeback')) });
  });

  it('2 @key of one field and _entities, on the graph', async () => {
    const id = students.maya;
    const query = `{ _entities(representations: [{ __typename: "Student", id: "${id}" }]) { ... on Student { id } } }`;
    // To a caller of another district there is nobody of that id.
    expect(await served(query)).toEqual({ data: { _entities: [null] } });
    const answer = await program.ask({ query }, { token: await sign({ org_ids: [orgs.juniper] }) });
    expect(await answer.json()).toEqual({ data: { _entities: [{ id }] } });
  });

  it('3 @link, once: of v2.9 on the graph, where the suite itself accepts no more than v2.7', () => {
    const linksOf = (sdl: string) =>
      Array.from(sdl.matchAll(/@link\(url: "[^"]+\/federation\/(v[\d.]+)"/g), ([, v]) => v);
    expect(linksOf(printSubgraph(createSubgraph('timeback')))).toEqual(['v2.9']);
    expect(linksOf(products.sdl)).toEqual(['v2.3']);
  });

  it('4 @key of several fields', async () => {
    const reference = '{ __typename: "DeprecatedProduct", sku: "school-0", package: "@school/attic" }';
    expect(await follow(reference, '... on DeprecatedProduct { reason }')).toEqual({
      reason: 'Slates are out of use.',
    });
  });

  it('5 @key of fields in fields', async () => {
    const reference = '{ __typename: "ProductResearch", study: { caseNumber: "7" } }';
    expect(await follow(reference, '... on ProductResearch { outcome }')).toEqual({ outcome: 'They hold.' });
  });

  it.each([
    'id: "pencil-case"',
    'sku: "school-1", package: "@school/supplies"',
    'sku: "school-1", variation: { id: "blue" }',
  ])('6 @key several times: %s', async (key) => {
    expect(await follow(`{ __typename: "Product", ${key} }`, '... on Product { id }')).toEqual({ id: 'pencil-case' });
    expect(products.sdl.match(/type Product @[^{]+/)![0].match(/@key/g)).toHaveLength(3);
  });

  it('7 @requires', async () => {
    const data = await together('{ user { averageProductsCreatedPerYear } }');
    expect(data).toEqual({ user: { averageProductsCreatedPerYear: 5 } });
  });

  it('8 @provides', async () => {
    const data = await together('{ product(id: "pencil-case") { createdBy { email totalProductsCreated } } }');
    expect(data['product']).toEqual({ createdBy: { email: user.email, totalProductsCreated: 12 } });
    expect(fetched).toEqual(['products']);
  });

  it('9 traces of fields are not met: the server gives none, on purpose', async () => {
    const answer = await served('{ __typename }', { 'apollo-federation-include-trace': 'ftv1' });
    expect(answer).toEqual({ data: { __typename: 'Query' } });
  });

  it('10 @shareable', async () => {
    expect(printSubgraph(createSubgraph('insights'))).toContain('type PageInfo @shareable');
    expect(await together('{ product(id: "pencil-case") { dimensions { size } } }')).toEqual({
      product: { dimensions: { size: 'small' } },
    });
  });

  it('11 @tag, on the graph', () => {
    const sdl = printSubgraph(createSubgraph('timeback'));
    expect(sdl).toContain('@tag(name: "pii")');
    expect(sdl).not.toContain('@federation__');
  });

  it('12 @override', async () => {
    expect(await together('{ user { name } }')).toEqual({ user: { name: 'The maker' } });
    expect(fetched).toEqual(['users', 'products']);
  });

  it('13 @inaccessible', async () => {
    const query = '{ product(id: "pencil-case") { dimensions { unit } } }';
    expect(JSON.parse(JSON.stringify((await alone(query)).data))).toEqual({ product: { dimensions: { unit: 'cm' } } });
    const { body } = await gateway.executeOperation({ query });
    expect(body).toMatchObject({ singleResult: { errors: [{ message: expect.stringContaining('"unit"') }] } });
  });

  it('14 @composeDirective', () => {
    expect(products.sdl).toMatch(/@composeDirective\(name: "@custom"\)/);
    expect(products.sdl).toMatch(/directive @custom on OBJECT/);
    expect(supergraphSdl).toMatch(/type Product\n( +@.+\n)* +@custom/);
  });

  it('15 @interfaceObject', async () => {
    const data = await together('{ inventory { id deprecatedProducts { sku } } }');
    expect(data).toEqual({ inventory: { id: 'shelf-1', deprecatedProducts: [{ sku: 'school-0' }] } });
  });
});
