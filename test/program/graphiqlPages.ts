import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { demoCallers } from '../../src/database/data/callers.ts';
import { root } from '../../src/root.ts';
import { sign, startProgram, type Program } from './support.ts';

/** The program as it serves GraphiQL, built if need be, on the demo data. */
export async function startWithGraphiql(options: { offersCallers: boolean }): Promise<Program> {
  await promisify(execFile)(process.execPath, ['src/build.js', 'graphiql'], { cwd: root });
  return startProgram({
    databaseUrl: inject('demoUrl'),
    environment: { GRAPHIQL: 'on', INTROSPECTION: 'on', EXPLAIN: 'on', AUTH_UNRESTRICTED_CLAIM: 'everything' },
    pages: {
      folder: join(root, 'dist', 'graphiql'),
      ...(options.offersCallers && { demoCallers: signedCallers }),
    },
  });
}

export function signedCallers() {
  return Promise.all(
    demoCallers.map(async ({ name, title, subject, orgIds }) => {
      const scope = orgIds === 'unrestricted' ? { everything: true } : { org_ids: orgIds };
      return { name, title, token: await sign({ sub: subject, org_ids: undefined, ...scope }) };
    }),
  );
}
