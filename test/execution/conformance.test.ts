import { execute, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { withEntities } from '../../schema/federation.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { aimContext, createContext, type Context } from '../../src/context.ts';
import { leader } from '../../src/database/data/callers.ts';
import { openDatabase, type Database } from '../../src/door.ts';
import { createExecutor } from '../../src/execution.ts';
import type { RawRows } from '../../src/door/flight.ts';
import { Patience } from '../../src/patience.ts';
import type { Scope } from '../../src/scope.ts';
import { createLooseDatabase } from './looseDatabase.ts';
import { chanceOf, randomOperation, type KnownIds } from './randomOperations.ts';
import { difference } from './sameAnswer.ts';

const schema = withEntities(createSubgraph('timeback'));
const runs = createExecutor(schema);
const everything: Scope = { kind: 'unrestricted' };
const nobodys: Scope = { kind: 'organizations', orgIds: [] };
const demoDistrict: Scope = { kind: 'organizations', orgIds: leader.orgIds };

let loose: Awaited<ReturnType<typeof createLooseDatabase>>;
const opened: Database[] = [];
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  loose = await createLooseDatabase();
});

afterAll(async () => {
  process.off('unhandledRejection', note);
  for (const database of opened) await database.close();
  await loose.drop();
});

async function open(url: string): Promise<Database> {
  const database = openDatabase({
    url,
    schema: 'analytics_production',
    poolSize: 8,
    poolWaitMs: 10_000,
    prepared: true,
    setting: { name: 'app.allowed_org_ids', format: 'csv', unrestrictedValue: '*' },
  });
  opened.push(database);
  await database.learn();
  return remembering(database);
}

/** What PostgreSQL has answered once is what it would answer to the other executor, so it is not asked again. */
function remembering(database: Database): Database {
  const answers = new Map<string, Promise<RawRows>>();
  return {
    ...database,
    session(scope, options) {
      const reader = database.session(scope, options);
      return {
        scope,
        live: database.live!,
        noteUnknownWord: (column) => reader.noteUnknownWord(column),
        read({ text, values, ...rest }) {
          const key = JSON.stringify([scope, text, values]);
          const answer = answers.get(key) ?? reader.read({ text, values, ...rest });
          answers.set(key, answer);
          return answer;
        },
      };
    },
  };
}

function contextFor(database: Database, scope: Scope, document: DocumentNode): Context {
  const context = createContext(database, { subject: 'test', scope }, { patience: new Patience(60_000) });
  aimContext(context, schema, document);
  return context;
}

/** Ids of rows that there are, of every type that can be looked up by one. */
async function knownIds(database: Database): Promise<KnownIds> {
  const ids: Record<string, readonly string[]> = {};
  for (const field of Object.values(schema.getQueryType()!.getFields())) {
    const name = /^(\w+)Connection$/.exec(String(field.type))?.[1];
    const type = name === undefined ? undefined : schema.getType(name);
    if (!type || !('getFields' in type) || !('id' in type.getFields())) continue;
    const document = parse(`{ list: ${field.name}(first: 12) { nodes { id } } }`);
    const answer = await runs({ document, context: contextFor(database, everything, document) });
    const { nodes } = (answer.data?.['list'] ?? { nodes: [] }) as { nodes: ({ id: string } | null)[] };
    const found = nodes.flatMap((node) => node?.id ?? []);
    if (found.length > 0) ids[name!] = found;
  }
  return ids;
}

interface Asked {
  readonly document: DocumentNode;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function validOperations(schema: GraphQLSchema, seed: number, count: number, ids: KnownIds): readonly Asked[] {
  const chance = chanceOf(seed);
  const asked: Asked[] = [];
  while (asked.length < count) {
    const { text, variables } = randomOperation(schema, chance, ids);
    const document = parse(text, { noLocation: false });
    if (validate(schema, document).length === 0) asked.push({ document, text, variables });
  }
  return asked;
}

interface Tally {
  readonly differences: string[];
  withErrors: number;
  withoutData: number;
  lookedUp: number;
}

async function compare(database: Database, operations: readonly Asked[], scopes: readonly Scope[]): Promise<Tally> {
  const tally: Tally = { differences: [], withErrors: 0, withoutData: 0, lookedUp: 0 };
  // The two are asked one after the other, and how long ago something was is another answer by then.
  const waiting = operations.filter(({ text }) => !text.includes('lagSec')).entries();
  const worker = async () => {
    for (const [index, { document, text, variables }] of waiting) {
      const scope = scopes[index % scopes.length]!;
      const expected = await execute({
        schema,
        document,
        variableValues: variables,
        contextValue: contextFor(database, scope, document),
      });
      const found = await runs({ document, variables, context: contextFor(database, scope, document) });
      const told = difference(expected, found);
      if (told) tally.differences.push(`${text}\n${JSON.stringify(variables)}\n${told}`);
      if (expected.errors) tally.withErrors += 1;
      if (!expected.data) tally.withoutData += 1;
      else if (JSON.stringify(expected.data).length > 100) tally.lookedUp += 1;
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return tally;
}

describe('answers what graphql-js answers', () => {
  test('over the demo data, for callers of several widths', { timeout: 120_000 }, async () => {
    const database = await open(inject('demoUrl'));
    const operations = validOperations(schema, 20_260, 3_000, await knownIds(database));
    const tally = await compare(database, operations, [everything, demoDistrict, nobodys]);
    expect(tally.differences.slice(0, 3)).toEqual([]);
    expect(tally.withErrors).toBeGreaterThan(200);
    expect(tally.withoutData).toBeGreaterThan(50);
    expect(tally.lookedUp).toBeGreaterThan(500);
  });

  test('over rows that break every promise of the catalogue', { timeout: 120_000 }, async () => {
    const database = await open(loose.url);
    const operations = validOperations(schema, 7, 2_500, await knownIds(database));
    const tally = await compare(database, operations, [everything]);
    expect(tally.differences.slice(0, 3)).toEqual([]);
    expect(tally.withErrors).toBeGreaterThan(200);
  });

  test('and leaves no rejection unheard', () => {
    expect(unhandled).toEqual([]);
  });
});
