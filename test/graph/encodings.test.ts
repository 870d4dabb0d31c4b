import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { subjects } from '../../schema/views/curriculum.ts';
import { checkDatabase } from '../../src/check.ts';
import { installReferenceDatabase } from '../../src/database/install.ts';
import { runOn } from '../support/database.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';

describe.each(['SQL_ASCII', 'LATIN1'])('a database in %s', (encoding) => {
  const name = `test_${encoding.toLowerCase()}_${process.pid}`;
  const admin = inject('databaseUrl');
  const place = new URL(admin);
  place.pathname = `/${name}`;
  const url = place.href;
  let graph: TestGraph;
  beforeAll(async () => {
    await runOn(admin, `create database ${name} template template0 encoding '${encoding}' locale 'C'`);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    if (encoding === 'SQL_ASCII') {
      await installReferenceDatabase(client, { schema: 'analytics_production', data: 'none' });
    } else {
      const columns = Object.keys(subjects.columns).map((column) => `${column} text`);
      await client.query(`create schema analytics_production;
        create table analytics_production.subjects (${columns.join(', ')})`);
    }
    await client.end();
    graph = await openGraph(url);
  });
  afterAll(async () => {
    await graph.close();
    await runOn(admin, `drop database ${name} with (force)`);
  });

  it('is said to be that, where it matters', async () => {
    const setting = { name: 'app.allowed_org_ids', unrestrictedValue: '*' };
    const findings = await checkDatabase({ url, schema: 'analytics_production', setting });
    const isNamed = findings.some(({ kind, severity }) => kind === 'encoding' && severity === 'warning');
    expect(isNamed).toBe(encoding === 'SQL_ASCII');
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
