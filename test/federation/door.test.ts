import type { ExecutionResult } from 'graphql';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { guide } from '../../src/database/data/callers.ts';
import { students } from '../../src/database/data/landmarks.ts';
import { sign, startProgram, type Program } from '../program/support.ts';

const query = `query Follow($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Student { name } }
}`;
const maya = { __typename: 'Student', id: students.maya };

describe('over HTTP, the door for gateways', () => {
  let program: Program | undefined;
  afterEach(() => program?.stop());

  async function follow(environment: Record<string, string>, representations: unknown[], body: object = { query }) {
    program = await startProgram({ environment, databaseUrl: inject('demoUrl') });
    const token = await sign({ org_ids: guide.orgIds });
    const response = await program.ask({ ...body, variables: { representations } }, { token });
    return { status: response.status, ...((await response.json()) as ExecutionResult) };
  }

  it('is open unless somebody closes it', async () => {
    expect(await follow({}, [maya])).toEqual({ status: 200, data: { _entities: [{ name: expect.any(String) }] } });
  });

  it('is closed to those without a token', async () => {
    await follow({}, [maya]);
    const response = await fetch(`${program!.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
    });
    expect(response.status).toBe(401);
  });

  it('tells a subgraph as it was composed', async () => {
    const { data } = await follow({ SUBGRAPH: 'insights' }, [], { query: '{ _service { sdl } }' });
    const { sdl } = data!['_service'] as { sdl: string };
    expect(sdl).toContain('type SessionWaste');
    expect(sdl).not.toContain('_entities');
  });

  it.each(['{ _service { sdl } }', query])('leads nowhere with FEDERATION=off: %s', async (text) => {
    const closed = await follow({ FEDERATION: 'off' }, [maya], { query: text });
    expect(closed).not.toHaveProperty('data');
    expect(closed.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }) }),
      ]),
    );
  });

  it('lets in as many references as LIMIT_REPRESENTATIONS says', async () => {
    const environment = { LIMIT_REPRESENTATIONS: '2' };
    expect(await follow(environment, [maya, maya])).not.toHaveProperty('errors');
    await program!.stop();
    const refused = await follow(environment, [maya, maya, maya]);
    expect(refused.data).toBeNull();
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('lets in no more of them than a page has rows, unless it says so', async () => {
    const refused = await follow({ LIMIT_PAGE: '2' }, [maya, maya, maya]);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await program!.stop();
    const many = Array.from({ length: 2_000 }, () => maya);
    const { data, errors } = await follow({ LIMIT_PAGE: '2', LIMIT_REPRESENTATIONS: '2000' }, many);
    expect(errors).toBeUndefined();
    expect(data!['_entities']).toHaveLength(2_000);
  });
});
