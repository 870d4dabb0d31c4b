import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { subjects } from '../../schema/views/curriculum.ts';
import { installReferenceDatabase } from '../../src/database/install.ts';
import { runOn } from '../support/database.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';

describe.each(['SQL_ASCII', 'LATIN1'])('a database in %s', (encoding) => {
  const name = `test_${encoding.toLowerCase()}_${process.pid}`;
  const admin = inject('databaseUrl');
  let graph: TestGraph;
  beforeAll(async () => {
    await runOn(admin, `create database ${name} template template0 encoding '${encoding}' locale 'C'`);
    const url = new URL(admin);
    url.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    if (encoding === 'SQL_ASCII') {
      await installReferenceDatabase(client, { schema: 'analytics_production', data: 'none' });
    } else {
      const columns = Object.keys(subjects.columns).map((column) => `${column} text`);
      await client.query(`create schema analytics_production;
        create table analytics_production.subjects (${columns.join(', ')})`);
    }
    await client.end();
    graph = await openGraph(url.href);
  });
  afterAll(async () => {
    await graph.close();
    await runOn(admin, `drop database ${name} with (force)`);
  });

  const codeOf = async (text: string) => {
    const { errors } = await graph.run(`{ ${text} }`);
    return errors?.[0]?.extensions['code'] ?? 'OK';
  };

  it('is asked with letters that it has', async () => {
    expect(
      await codeOf(
        'subjects(where: { title: { contains: "é" } }, orderBy: { title: DESC }) { totalCount nodes { id } }',
      ),
    ).toBe('OK');
  });

  it.each([
    'subjects(where: { title: { contains: "😀" } }) { totalCount }',
    'subjects(where: { title: { in: ["a", "😀"] } }) { totalCount }',
    'subject(id: "😀") { title }',
  ])('is asked with one that it may not have: %s', async (text) => {
    expect(await codeOf(text)).toBe(encoding === 'LATIN1' ? 'BAD_USER_INPUT' : 'OK');
  });
});
