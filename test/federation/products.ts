/**
 * What the graph itself has no use for: keys of several fields, and directives by which subgraphs lean on each other. Types and
 * fields are those by which Apollo's compatibility suite asks; they are made by the graph's builder and printed like its subgraphs.
 */
import { extendSchema, GraphQLDirective, GraphQLSchema, parse } from 'graphql';
import { createBuilder } from '../../schema/builder.ts';
import { printSubgraph } from '../../schema/federation.ts';
import { directives, type Directives } from '../../schema/tags.ts';

interface Product {
  readonly __typename: 'Product';
  readonly id: string;
  readonly sku: string;
  readonly package: string;
  readonly variation: { readonly id: string };
}

const product: Product = {
  __typename: 'Product',
  id: 'pencil-case',
  sku: 'school-1',
  package: '@school/supplies',
  variation: { id: 'blue' },
};
const deprecatedProduct = {
  __typename: 'DeprecatedProduct',
  sku: 'school-0',
  package: '@school/attic',
  reason: 'Slates are out of use.',
} as const;
const research = {
  __typename: 'ProductResearch',
  study: { caseNumber: '7', description: 'Zips' },
  outcome: 'They hold.',
};
/** Both are what only this subgraph would say: whoever reads them knows who answered. */
const author = { __typename: 'User', email: 'maker@products.example', name: 'The maker', totalProductsCreated: 12 };

interface UserReference {
  readonly __typename: string;
  readonly email: string;
  readonly totalProductsCreated?: number;
  readonly yearsOfEmployment?: number;
}

const links = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@composeDirective", "@external", "@inaccessible", "@interfaceObject", "@key", "@override", "@provides", "@requires", "@shareable", "@tag"])
  @link(url: "https://products.example/custom/v1.0", import: ["@custom"])
  @composeDirective(name: "@custom")`;

const on = (all: Directives) => ({ nullable: true, ...directives(all) }) as const;

function createProducts(): GraphQLSchema {
  const builder = createBuilder();
  const Variation = builder.objectRef<{ id: string }>('ProductVariation').implement({
    fields: (t) => ({ id: t.exposeID('id', { nullable: false }) }),
  });
  const Dimension = builder.objectRef<{ size: string; unit: string }>('ProductDimension').implement({
    ...directives({ shareable: [{}] }),
    fields: (t) => ({
      size: t.exposeString('size', { nullable: true }),
      unit: t.exposeString('unit', on({ inaccessible: [{}] })),
    }),
  });
  const Study = builder.objectRef<{ caseNumber: string; description: string }>('CaseStudy').implement({
    fields: (t) => ({
      caseNumber: t.exposeID('caseNumber', { nullable: false }),
      description: t.exposeString('description', { nullable: true }),
    }),
  });
  const Research = builder.objectRef<typeof research>('ProductResearch').implement({
    ...directives({ key: [{ fields: 'study { caseNumber }' }] }),
    fields: (t) => ({
      study: t.expose('study', { type: Study, nullable: false }),
      outcome: t.exposeString('outcome', { nullable: true }),
    }),
  });
  const User = builder.objectRef<UserReference>('User').implement({
    ...directives({ key: [{ fields: 'email' }] }),
    fields: (t) => ({
      email: t.exposeID('email', { nullable: false }),
      name: t.string({ ...on({ override: [{ from: 'users' }] }), resolve: () => author.name }),
      totalProductsCreated: t.exposeInt('totalProductsCreated', on({ external: [{}] })),
      yearsOfEmployment: t.exposeInt('yearsOfEmployment', on({ external: [{}] })),
      averageProductsCreatedPerYear: t.int({
        ...on({ requires: [{ fields: 'totalProductsCreated yearsOfEmployment' }] }),
        resolve: ({ totalProductsCreated = 0, yearsOfEmployment = 1 }) => totalProductsCreated / yearsOfEmployment,
      }),
    }),
  });
  const Product = builder.objectRef<Product>('Product').implement({
    ...directives({
      custom: [{}],
      key: [{ fields: 'id' }, { fields: 'sku package' }, { fields: 'sku variation { id }' }],
    }),
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false }),
      sku: t.exposeString('sku', { nullable: true }),
      package: t.exposeString('package', { nullable: true }),
      variation: t.expose('variation', { type: Variation, nullable: true }),
      dimensions: t.field({ type: Dimension, nullable: true, resolve: () => ({ size: 'small', unit: 'cm' }) }),
      createdBy: t.field({
        type: User,
        ...on({ provides: [{ fields: 'totalProductsCreated' }] }),
        resolve: () => author,
      }),
      notes: t.string({ ...on({ tag: [{ name: 'internal' }] }), resolve: () => 'Sells in August.' }),
      research: t.field({ type: [Research], nullable: { list: false, items: false }, resolve: () => [research] }),
    }),
  });
  const Deprecated = builder.objectRef<typeof deprecatedProduct>('DeprecatedProduct').implement({
    ...directives({ key: [{ fields: 'sku package' }] }),
    fields: (t) => ({
      sku: t.exposeString('sku', { nullable: false }),
      package: t.exposeString('package', { nullable: false }),
      reason: t.exposeString('reason', { nullable: true }),
    }),
  });
  builder.objectRef<{ id: string }>('Inventory').implement({
    ...directives({ interfaceObject: [{}], key: [{ fields: 'id' }] }),
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false }),
      deprecatedProducts: t.field({
        type: [Deprecated],
        nullable: { list: false, items: false },
        resolve: () => [deprecatedProduct],
      }),
    }),
  });
  builder.queryType({
    fields: (t) => ({
      product: t.field({
        type: Product,
        nullable: true,
        args: { id: t.arg.id({ required: true }) },
        resolve: (_, { id }) => (id === product.id ? product : null),
      }),
    }),
  });
  const custom = new GraphQLDirective({ name: 'custom', locations: ['OBJECT' as never] });
  const config = builder.toSchema().toConfig();
  return new GraphQLSchema({ ...config, directives: [...config.directives, custom] });
}

/** Whatever key a reference comes with, all of its fields have to agree. */
function agrees(row: object, reference: object): boolean {
  return Object.entries(reference).every(([name, value]: [string, unknown]) => {
    const own = (row as Record<string, unknown>)[name];
    return typeof value === 'object' && value !== null ? agrees(Object(own) as object, value) : own === value;
  });
}

function follow(reference: UserReference & { id?: string }) {
  if (reference.__typename === 'User') return { ...author, ...reference };
  if (reference.__typename === 'Inventory') return reference;
  return [product, deprecatedProduct, research].find((row) => agrees(row, reference)) ?? null;
}

const plain = createProducts();

export const products = {
  name: 'products',
  sdl: printSubgraph(plain, links),
  schema: extendSchema(
    plain,
    parse(`
      scalar _Any
      union _Entity = Product | DeprecatedProduct | ProductResearch | User | Inventory
      type _Service { sdl: String! }
      extend type Query { _service: _Service!  _entities(representations: [_Any!]!): [_Entity]! }
    `),
  ),
  rootValue: {
    _service: () => ({ sdl: products.sdl }),
    _entities: ({ representations }: { representations: readonly UserReference[] }) => representations.map(follow),
  },
};
