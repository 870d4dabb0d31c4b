import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { getOperationAST, parse } from 'graphql';
import { demoCallers, guide } from '../../src/database/data/callers.ts';
import { examples } from '../../src/graphiql/page/examples.ts';
import { everything, openGraph, organizations } from '../support/graph.ts';
import { signedCallers, startWithGraphiql } from './graphiqlPages.ts';
import type { Program } from './support.ts';

let program: Program;
beforeAll(async () => {
  program = await startWithGraphiql({ offersCallers: true });
});
afterAll(() => program.stop());

describe('the files of GraphiQL', () => {
  const get = (path: string, init: RequestInit = {}) => fetch(`${program.url}/graphiql${path}`, init);
  const assetsOf = async () => {
    const page = await (await get('')).text();
    return Array.from(page.matchAll(/"\/graphiql(\/assets\/[^"]+)"/g), ([, name]) => name!);
  };

  it('are the page, asked for at each visit, and assets that never change', async () => {
    const page = await get('');
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self';"),
    });
    const assets = await assetsOf();
    expect(assets.map((name) => name.replace(/^.*\./, '')).toSorted()).toContain('css');
    for (const name of assets) {
      const asset = await get(name, { headers: { 'accept-encoding': 'br' } });
      expect(Object.fromEntries(asset.headers)).toMatchObject({
        'content-type': name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'br',
        'x-content-type-options': 'nosniff',
      });
      const plain = await get(name, { headers: { 'accept-encoding': 'br;q=0' } });
      expect(plain.headers.get('content-encoding')).toBe(null);
      expect(await plain.text()).toBe(await asset.text());
    }
  });

  it('are only those that were built, and only for reading', async () => {
    const [asset] = await assetsOf();
    for (const path of [
      '/',
      '/assets',
      '/assets/',
      '/index.html.br',
      '/.built-from',
      '/../index.html',
      '/constructor',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
    for (const path of ['', asset!, '/callers']) {
      expect((await get(path, { method: 'POST' })).status).toBe(404);
      expect((await get(path, { method: 'HEAD' })).status).toBe(200);
    }
  });

  it('know the demo callers where they are offered, and nobody elsewhere', async () => {
    const offered = (await (await get('/callers')).json()) as Awaited<ReturnType<typeof signedCallers>>;
    expect(offered.map(({ name, title }) => [name, title])).toEqual(
      demoCallers.map(({ name, title }) => [name, title]),
    );
    const answer = await program.ask({ query: '{ caller { subject } }' }, { token: offered[1]!.token });
    expect(await answer.json()).toEqual({ data: { caller: { subject: guide.subject } } });
    const closed = await startWithGraphiql({ offersCallers: false });
    const nobody = await fetch(`${closed.url}/graphiql/callers`);
    expect([nobody.status, await nobody.text()]).toEqual([200, '[]']);
    await closed.stop();
  });
});

describe('the examples', () => {
  it('have rows to show at every level, for everybody who may try them', async () => {
    const graph = await openGraph(inject('demoUrl'));
    for (const { query, variables = '{}' } of examples) {
      for (const { name, orgIds } of demoCallers) {
        const as = orgIds === 'unrestricted' ? everything : organizations(...orgIds);
        const answer = await graph.run(query, { as, variables: JSON.parse(variables) as Record<string, unknown> });
        expect([name, answer.errors]).toEqual([name, undefined]);
        const bare = [...rowsByPath(answer.data)].filter(([, rows]) => rows === 0);
        expect([name, bare]).toEqual([name, []]);
      }
    }
    await graph.close();
  }, 120_000);

  it('are called after what they are, which is what their tabs say', () => {
    const names = examples.map(({ query }) => getOperationAST(parse(query))?.name?.value);
    expect(names).toEqual(['LeaderSchools', 'GuideMorning', 'VendorApp', 'AnalystQuestions']);
  });
});

/** How many rows there are under each name, over all parents. */
function rowsByPath(value: unknown, path = '', rows = new Map<string, number>()): ReadonlyMap<string, number> {
  if (Array.isArray(value)) {
    rows.set(path, (rows.get(path) ?? 0) + value.length);
    for (const one of value) rowsByPath(one, path, rows);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) rowsByPath(inner, `${path}/${name}`, rows);
  }
  return rows;
}
