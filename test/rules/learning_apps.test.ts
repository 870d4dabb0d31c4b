import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read } = emptyReference();

describe('learning_apps', () => {
  it('learning_apps-1 every application, of any type', async () => {
    const types = ['assessment', 'internal', 'learning', null];
    for (const application_type of types) await add.app({ name: `App for ${application_type}`, application_type });
    const rows = await read('learning_apps', { columns: ['name'] });
    expect(rows).toEqual(types.map((type) => ({ name: `App for ${type}` })));
  });

  it('learning_apps-1 one row each, whatever an app teaches', async () => {
    const id = await add.app({ name: 'Alpha Reading' });
    for (const subject_title of ['Reading', 'Writing']) await add.appSubject({ lti_application_id: id, subject_title });
    for (let n = 0; n < 2; n += 1) {
      await add.appScope({ lti_application_id: id, cf_document_id: await add.document() });
    }
    expect(await read('learning_apps')).toEqual([{ id, name: 'Alpha Reading' }]);
  });
});
