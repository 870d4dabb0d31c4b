import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { createSubgraph, domains } from '../../schema/subgraphs.ts';
import type { Policy } from '../../schema/view.ts';
import { views } from '../../schema/views/index.ts';
import { root } from '../../src/root.ts';
import { viewPage } from '../support/viewPages.ts';

const schema = createSubgraph('timeback');

// With `-u` the pages are written anew.
test.each(domains)('docs/views/%s.md says what the catalogue and the schema say', async (domain) => {
  await expect(viewPage(domain, schema)).toMatchFileSnapshot(join(root, 'docs', 'views', `${domain}.md`));
});

test('docs/troubleshooting.md names what to use in place of everything deprecated, and of nothing else', () => {
  const deprecated = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => field.deprecationReason !== undefined)
    .map(({ type, field }) => `${type.name}.${field.name}`);
  const page = readFileSync(join(root, 'docs', 'troubleshooting.md'), 'utf8');
  const section = page.split('\n## Deprecated, and what to use\n')[1]!;
  const told = Array.from(section.matchAll(/^\| `([\w.]+)`/gm), ([, name]) => name!);
  expect(told.toSorted()).toEqual(deprecated.toSorted());
});

test('README.md and docs/scope.md count the views as they are', () => {
  const of = (...policies: readonly Policy[]) => views.filter(({ scope }) => policies.includes(scope)).length;
  const columns = views.flatMap((view) => Object.keys(view.columns)).length;
  const told = {
    'README.md': [
      `over the ${views.length} analytical views`,
      `each of the ${views.length} views declared once`,
      `the ${views.length} views as SQL`,
      `With ${columns} columns`,
      `Of the views, ${of('rows')} filter themselves`,
      `${of('student', 'school')} more are about students or`,
      `${of('reference')} are reference data`,
    ],
    'docs/scope.md': [`the ${of('rows')} with \`org_ids\``, `the ${of('reference')} of the [curriculum]`],
    'package.json': [`over the ${views.length} analytical views`],
  };
  const missing = Object.entries(told).flatMap(([file, words]) => {
    const text = readFileSync(join(root, file), 'utf8');
    return words.filter((one) => !text.includes(one)).map((one) => `${file}: ${one}`);
  });
  expect(missing).toEqual([]);
});
