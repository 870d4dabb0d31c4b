import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withEntities } from '../../schema/federation.ts';
import { createSubgraph, domains } from '../../schema/subgraphs.ts';
import { sign, startProgram, type Program } from '../program/support.ts';
import { readStories } from '../support/corpus.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';
import { composed, four } from './four.ts';
import { mistakesOf, type Mistake } from './mistakes.ts';

const example = join(import.meta.dirname, '../../examples/supergraph/hive');
const isInstalled = existsSync(join(example, 'node_modules'));
const stories = ['students/', 'sessions/', 'insights/', 'curriculum/'].flatMap((domain) =>
  readStories()
    .filter(({ name, as }) => name.startsWith(domain) && as.kind === 'organizations')
    .slice(0, 4),
);

describe.skipIf(!isInstalled)('behind Hive’s gateway, where `npm install` was run in examples/supergraph/hive', () => {
  let folder = '';
  let programs: readonly Program[] = [];
  let one: TestGraph;
  let gateway: ChildProcess | undefined;
  let url = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'timeback-hive-'));
    const databaseUrl = inject('demoUrl');
    const environment = { LIMIT_REQUEST_MS: '30000', DATABASE_POOL_WAIT_MS: '10000' };
    one = await openGraph(databaseUrl);
    programs = await Promise.all(
      domains.map((name) => startProgram({ schema: withEntities(createSubgraph(name)), databaseUrl, environment })),
    );
    let supergraph = composed(four);
    for (const [index, name] of domains.entries()) {
      supergraph = supergraph.replace(`http://${name}.timeback.example`, programs[index]!.url);
    }
    const file = join(folder, 'supergraph.graphql');
    writeFileSync(file, supergraph);
    const child = spawn(process.execPath, [join(example, 'gateway.mjs'), file], {
      env: { PATH: process.env['PATH'], PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    gateway = child;
    for await (const line of createInterface({ input: child.stdout })) {
      url = / answers at (http\S+)$/.exec(line)?.[1] ?? url;
      if (url !== '') break;
    }
    child.stdout.resume();
  });
  afterAll(async () => {
    if (gateway?.kill('SIGTERM')) await once(gateway, 'exit');
    for (const program of programs) await program.stop();
    await one.close();
    rmSync(folder, { recursive: true });
  });

  it.each(stories)('the answer is that of the one: $name', async ({ query, variables, as }) => {
    const token = await sign({ org_ids: as.kind === 'organizations' ? as.orgIds : [] });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const theirs = (await response.json()) as { data?: unknown; errors?: Mistake[] };
    const ours = await one.run(query, { as, variables });
    expect(theirs.data).toEqual(JSON.parse(JSON.stringify(ours.data)));
    expect(mistakesOf(theirs.errors)).toEqual(mistakesOf(ours.errors));
  });
});
