import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSubgraph, domains } from '../../schema/subgraphs.ts';
import { root } from '../../src/root.ts';
import { viewPage } from '../support/viewPages.ts';

const schema = createSubgraph('timeback');

// With `-u` the pages are written anew.
test.each(domains)('docs/views/%s.md says what the catalogue and the schema say', async (domain) => {
  await expect(viewPage(domain, schema)).toMatchFileSnapshot(join(root, 'docs', 'views', `${domain}.md`));
});
