import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../src/http/trustedDocuments.ts';
import { sign, startProgram, type Program } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'timeback-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));
const who = 'query Who { caller { subject } }';
const kind = 'query Kind { __typename }';
const idOfWho = 'sha256:4f8e3c0b';

function manifest(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const ofClientPreset = manifest('client-preset.json', { [idOfWho]: who, plain: kind });
const ofApollo = manifest('apollo.json', {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: idOfWho, body: who, name: 'Who', type: 'query' },
    { id: 'plain', body: kind, name: 'Kind', type: 'query' },
  ],
});

describe('a manifest', () => {
  it('is read in both formats', () => {
    for (const path of [ofClientPreset, ofApollo]) {
      expect([...readManifest(path)]).toEqual([
        [idOfWho, who],
        [idOfWho.slice('sha256:'.length), who],
        ['plain', kind],
      ]);
    }
  });

  it.each([
    ['that is not there', join(folder, 'nowhere.json')],
    ['that is no JSON', manifest('text.json', 'nothing')],
    ['that is a list', manifest('list.json', [who])],
    ['of numbers', manifest('numbers.json', { a: 1 })],
    [
      'of an unknown version',
      manifest('version.json', { format: 'apollo-persisted-query-manifest', version: 2, operations: [] }),
    ],
    ['whose document is no GraphQL', manifest('broken.json', { a: '{' })],
  ])('%s stops the start with one line', (_, path) => {
    expect(() => readManifest(path)).toThrow(/^TRUSTED_DOCUMENTS.+\.$/);
  });
});

describe.each([
  ['client-preset', ofClientPreset],
  ['Apollo', ofApollo],
])('documents of %s', (_, path) => {
  let free: Program;
  let strict: Program;
  let token: string;
  beforeAll(async () => {
    free = await startProgram({ environment: { TRUSTED_DOCUMENTS: path } });
    strict = await startProgram({ environment: { TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_ONLY: 'on' } });
    token = await sign();
  });
  afterAll(() => Promise.all([free.stop(), strict.stop()]));

  const answers = { data: { caller: { subject: 'guide-1' } } };
  const code = (code: string) => ({ errors: [{ extensions: { code } }] });
  const ask = async (program: Program, body: unknown) => {
    const answer = await program.ask(body, { token });
    return { status: answer.status, body: await answer.json() };
  };
  const hash = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } });

  it('are answered by their id, however it is sent', async () => {
    for (const program of [free, strict]) {
      for (const body of [
        { documentId: idOfWho },
        { documentId: idOfWho.slice('sha256:'.length) },
        { extensions: hash(idOfWho) },
        { extensions: hash(idOfWho.slice('sha256:'.length)) },
        { extensions: { ...hash(idOfWho), other: 1 } },
        { query: '', documentId: idOfWho },
        { query: who },
        { query: who, extensions: hash(idOfWho) },
        { query: who, extensions: hash('a hash of its own') },
      ]) {
        expect(await ask(program, body)).toMatchObject({ status: 200, body: answers });
      }
    }
  });

  it('are answered by GET, too', async () => {
    for (const program of [free, strict]) {
      for (const search of [
        `documentId=${encodeURIComponent(idOfWho)}`,
        `extensions=${encodeURIComponent(JSON.stringify(hash(idOfWho)))}`,
        `query=${encodeURIComponent(who)}`,
      ]) {
        const headers = { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' };
        const answer = await fetch(`${program.url}/graphql?${search}`, { headers });
        expect([answer.status, await answer.json()]).toEqual([200, answers]);
      }
    }
  });

  it('of an unknown id are not found, and clients send the text', async () => {
    for (const program of [free, strict]) {
      for (const body of [
        { documentId: 'unknown' },
        { documentId: '__proto__' },
        { documentId: 'constructor' },
        { documentId: 1 },
        { documentId: { toString: 1 } },
        { extensions: hash('unknown') },
        { extensions: hash(1) },
        { extensions: { persistedQuery: {} } },
        { extensions: { persistedQuery: 1 } },
      ]) {
        expect(await ask(program, body)).toMatchObject({ status: 200, body: code('PERSISTED_QUERY_NOT_FOUND') });
      }
    }
    const sent = { query: '{ __typename }', extensions: hash('unknown') };
    expect(await ask(free, sent)).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } });
  });

  it('are the only ones answered where that is wished', async () => {
    for (const body of [
      { query: '{ __typename }' },
      { query: `${who} ` },
      { query: '{ __typename }', documentId: idOfWho },
      { query: '{ __typename }', extensions: hash(idOfWho) },
      { query: '{ __schema { types { name } } }' },
      { query: '{' },
      { query: 1 },
      {},
    ]) {
      expect(await ask(strict, body)).toMatchObject({ status: 400, body: code('DOCUMENT_NOT_TRUSTED') });
    }
    expect(strict.readers.stats().total).toBe(0);
  });

  it('are nobody’s without a token', async () => {
    const answer = await fetch(`${strict.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ documentId: idOfWho }),
    });
    expect(answer.status).toBe(401);
  });
});
