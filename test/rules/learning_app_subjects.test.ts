import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('learning_app_subjects', () => {
  it('learning_app_subjects-1 one row per app and subject title', async () => {
    const id = await add.app();
    await add.app();
    for (const subject_title of ['Mathematics', 'Reading'])
      await add.appSubject({ lti_application_id: id, subject_title });
    expect(await read('learning_app_subjects')).toEqual([
      { learning_app_id: id, subject_title: 'Mathematics' },
      { learning_app_id: id, subject_title: 'Reading' },
    ]);
  });

  it('learning_app_subjects-2 the title need not exist among the subjects', async () => {
    const id = await add.app();
    await add.resource({ name: 'Reading', media_type: 'curriculum/subject' });
    await add.appSubject({ lti_application_id: id, subject_title: ' Chess ' });
    expect(await readOne('learning_app_subjects')).toEqual({ learning_app_id: id, subject_title: ' Chess ' });
  });
});
