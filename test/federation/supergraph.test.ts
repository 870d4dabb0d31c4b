import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClientSchema, findBreakingChanges, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { AsCaller, startSupergraph } from '../../examples/supergraph/supergraph.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import * as people from '../../src/database/data/callers.ts';
import { organizations as orgs, students } from '../../src/database/data/landmarks.ts';
import { freePort } from '../../src/database/embedded/freePort.ts';
import { root } from '../../src/root.ts';
import type { Scope } from '../../src/scope.ts';
import { audience, issuer, publicKey, sign } from '../program/support.ts';
import { readStories } from '../support/corpus.ts';
import { openGraph, organizations, type TestGraph } from '../support/graph.ts';
import { mistakesOf, type Mistake } from './mistakes.ts';

interface Answer {
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data?: any;
  readonly errors?: readonly (Mistake & { message: string })[];
}

const leader = organizations(...people.leader.orgIds);
const guide = organizations(...people.guide.orgIds);
const nobody = organizations();

function tokenOf(scope: Scope): Promise<string> {
  const claims = scope.kind === 'unrestricted' ? { org_ids: [], internal: true } : { org_ids: scope.orgIds };
  return sign({ ...claims, sub: 'test' });
}

describe('the supergraph of the example: five processes and a gateway', () => {
  let supergraph: Awaited<ReturnType<typeof startSupergraph>>;
  let one: TestGraph;
  beforeAll(async () => {
    const databaseUrl = inject('demoUrl');
    one = await openGraph(databaseUrl);
    supergraph = await startSupergraph({
      port: 0,
      environment: {
        PATH: process.env['PATH'],
        DATABASE_URL: databaseUrl,
        AUTH_PUBLIC_KEY: publicKey,
        AUTH_ISSUER: issuer,
        AUTH_AUDIENCE: audience,
        AUTH_UNRESTRICTED_CLAIM: 'internal',
        // What is compared are answers, also on a machine that is too busy to give them in time.
        LIMIT_REQUEST_MS: '30000',
        DATABASE_POOL_WAIT_MS: '10000',
      },
      homework: { publicKey, issuer, audience },
      token: await tokenOf(nobody),
    });
  });
  afterAll(async () => {
    await supergraph.stop();
    await one.close();
  });

  async function ask(query: string, as: Scope | undefined, variables: Record<string, unknown> = {}): Promise<Answer> {
    const response = await fetch(supergraph.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(as && { authorization: `Bearer ${await tokenOf(as)}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  it('adds to a student what somebody else knows of her', async () => {
    const query = `query ($id: ID!) {
      student(id: $id) { name assignments { title due } sessions(first: 1) { nodes { student { assignments { id } } } } }
    }`;
    const { data, errors } = await ask(query, guide, { id: students.maya });
    expect(errors).toBeUndefined();
    expect(data.student).toMatchObject({
      name: expect.any(String),
      assignments: [{ title: 'Halves and quarters', due: '2026-06-22' }, { title: 'A letter to the mayor' }],
      sessions: { nodes: [{ student: { assignments: [{ id: '1' }, { id: '2' }] } }] },
    });
  });

  it('takes references of a stranger, and answers null to those that the caller may not see', async () => {
    const query = '{ assignments { id student { name sessions(first: 1) { totalCount } } } }';
    const seen = async (as: Scope) =>
      (await ask(query, as)).data.assignments.map(({ id, student }: { id: string; student: object | null }) => [
        id,
        student !== null,
      ]);
    // By day: of nobody, of one who changed to another school, and Maya's two.
    const asGuide = [
      ['4', false],
      ['3', false],
      ['1', true],
      ['2', true],
    ];
    expect(await seen(guide)).toEqual(asGuide);
    expect(await seen(leader)).toEqual(asGuide.map(([id, isSeen]) => [id, isSeen || id === '3']));
    expect(await seen(organizations(orgs.harborview))).toEqual([]);
  });

  it('leaves a neighbour’s filters and orders to him, and ours to us', async () => {
    const query = `{
      assignments(title: { endsWith: "quarters" }, due: DOWN) { id }
      students(first: 1, where: { name: { startsWith: "Maya" } }, orderBy: [{ name: DESC_NULLS_LAST }]) { nodes { id } }
    }`;
    expect(await ask(query, guide)).toEqual({
      data: { assignments: [{ id: '1' }, { id: '3' }], students: { nodes: [{ id: students.maya }] } },
    });
  });

  it('follows more references at once than a page has rows', async () => {
    const query = `{ students(first: 60) { nodes {
      sessions(first: 20) { nodes { waste { wasteDurationSec } learningApp { name } } }
    } } }`;
    const ours = await one.run(query, { as: leader });
    expect(ours.errors).toBeUndefined();
    expect(await ask(query, leader)).toEqual({ data: JSON.parse(JSON.stringify(ours.data)) as unknown });
  });

  it('takes nothing away from ours', async () => {
    const { data } = await ask(getIntrospectionQuery(), undefined);
    const api = buildClientSchema(data as IntrospectionQuery);
    expect(findBreakingChanges(createSubgraph('timeback'), api)).toEqual([]);
    expect(Object.keys(api.getTypeMap())).toEqual(expect.arrayContaining(['Assignment', 'StringFilter']));
  });

  it('shows nothing without a token, and no address of a subgraph', async () => {
    const answer = await ask('{ students(first: 1) { nodes { id } } assignments { id } }', undefined);
    expect(JSON.stringify(answer.data ?? null)).not.toMatch(/"id"/);
    expect(answer.errors!.map(({ extensions }) => extensions?.['code'])).toContain('UNAUTHENTICATED');
    expect(JSON.stringify(answer.errors)).not.toMatch(/127\.0\.0\.1|localhost/);
  });

  it('tells no address of a subgraph that is away', async () => {
    // As it is once a subgraph has ended: nobody listens there any more.
    const source = new AsCaller({ url: `http://127.0.0.1:${await freePort()}/graphql` });
    const asked = { kind: 'health check', request: { query: '{ __typename }' }, context: {} } as Parameters<
      AsCaller['process']
    >[0];
    await expect(source.process(asked)).rejects.toMatchObject({
      message: 'A subgraph failed.',
      extensions: { code: 'INTERNAL' },
    });
  });

  it.each(readStories())('answers as the one does: $name', async ({ query, variables, as }) => {
    const [ours, theirs] = await Promise.all([one.run(query, { as, variables }), ask(query, as, variables)]);
    expect(theirs.data).toEqual(JSON.parse(JSON.stringify(ours.data)));
    expect(mistakesOf(theirs.errors)).toEqual(mistakesOf(ours.errors));
  });
});

it('npm run example:supergraph ends with the shell that npm has started it in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'timeback-supergraph-'));
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const shell = spawn('/bin/sh', ['-c', `${scripts['example:supergraph']}; true`], {
    cwd: root,
    env: {
      PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH']}`,
      EMBEDDED_DATA_DIR: folder,
      PORT: String(await freePort()),
      npm_lifecycle_event: 'example:supergraph',
    },
  });
  let out = '';
  // Their output ends when the last process that could write to it has ended.
  const closed = new Promise((resolve) => shell.on('close', resolve));
  await new Promise<void>((resolve) => {
    shell.stdout.on('data', (piece: Buffer) => {
      out += String(piece);
      if (out.includes('The supergraph answers at')) resolve();
    });
  });
  shell.kill('SIGTERM');
  await closed;
  await expect(fetch(/answers at (\S+)\. /.exec(out)![1]!)).rejects.toThrow();
  rmSync(folder, { recursive: true });
}, 120_000);
