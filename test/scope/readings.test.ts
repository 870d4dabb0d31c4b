import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Those that write the policy, the table that it is put on, and the check of a view that was closed. */
const withoutPolicy = ['policy', 'sql', 'together', 'worded'].map((name) => `loaders/sql/${name}.ts`);

it('leads to a view by a reading only, which has the policy in it', () => {
  const roots = ['loaders', 'resolvers', 'schema'];
  const files = roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, name)),
  );
  const round = files.filter((file) => /\b(?:sql|live)\.(?:from|placeOf)\(/.test(readFileSync(file, 'utf8')));
  expect(round.toSorted()).toEqual(withoutPolicy);
});
