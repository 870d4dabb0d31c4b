import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('students_mastery', () => {
  let credential_subject_id: string;
  beforeEach(async () => {
    credential_subject_id = await add.studentAt(await add.organization());
  });
  const mastered = async (row: object = {}, achievement: object = {}) =>
    add.credential({ achievement_id: await add.achievement(achievement), credential_subject_id, ...row });

  it('students_mastery-1 one row per credential of the two kinds', async () => {
    for (const achievement_type of ['Badge', 'Certificate', 'Mastery', 'standardMastery']) {
      await mastered({}, { achievement_type });
    }
    expect(await read('students_mastery')).toEqual([]);
    const cf_item_id = await add.item();
    await mastered({ result_value: 0.25 }, { cf_item_id });
    await mastered({ result_value: 0.5 }, { cf_item_id });
    await mastered({ result_value: 0.75 }, { cf_item_id, achievement_type: 'CurriculumMastery' });
    const achievement_id = await add.achievement({ cf_item_id });
    for (const result_value of [1, 1]) await add.credential({ achievement_id, credential_subject_id, result_value });
    const columns = ['mastery_percentage', 'student_id', 'curriculum_item_id'];
    expect(await read('students_mastery', { columns })).toEqual(
      [100, 100, 25, 50, 75].map((mastery_percentage) => ({
        mastery_percentage,
        student_id: credential_subject_id,
        curriculum_item_id: cf_item_id,
      })),
    );
  });

  it('students_mastery-2 a percentage with two decimals, null without a value', async () => {
    for (const result_value of [0, 1, 0.875, '0.12345', '0.33335', null]) await mastered({ result_value });
    expect(await read('students_mastery', { columns: ['mastery_percentage::text as p'] })).toEqual(
      ['0.00', '100.00', '12.35', '33.34', '87.50', null].map((p) => ({ p })),
    );
  });

  it('students_mastery-3 the item may be missing', async () => {
    await mastered({}, { cf_item_id: null });
    expect(await readOne('students_mastery')).toMatchObject({ curriculum_item_id: null, learning_app_id: null });
  });

  it('students_mastery-4 awarded when it was awarded', async () => {
    await mastered({ awarded_date: '2026-04-18T14:05:22.123456Z' });
    await mastered({ awarded_date: null });
    expect(await read('students_mastery', { columns: ['mastery_timestamp'] })).toEqual([
      { mastery_timestamp: '2026-04-18 14:05:22.123456+00' },
      { mastery_timestamp: null },
    ]);
  });

  it("students_mastery-5 the app whose curriculum has the item's document", async () => {
    const expected = [];
    for (const _ of ['one', 'another', 'a third']) {
      const cf_document_id = await add.document();
      const learning_app_id = await add.app();
      await add.appScope({ lti_application_id: learning_app_id, cf_document_id });
      const curriculum_item_id = await add.item({ cf_document_id });
      await mastered({}, { cf_item_id: curriculum_item_id });
      expected.push({ curriculum_item_id, learning_app_id });
    }
    const rows = await read('students_mastery', { columns: ['curriculum_item_id', 'learning_app_id'] });
    expect(rows).toHaveLength(3);
    for (const row of expected) expect(rows).toContainEqual(row);
  });

  it('students_mastery-5 no app where a step is missing', async () => {
    await add.appScope({ lti_application_id: await add.app(), cf_document_id: await add.document() });
    await mastered({}, { cf_item_id: await add.item({ cf_document_id: await add.document() }) });
    await mastered({}, { cf_item_id: await add.item({ cf_document_id: null }) });
    expect(await read('students_mastery', { columns: ['learning_app_id'] })).toEqual([
      { learning_app_id: null },
      { learning_app_id: null },
    ]);
  });

  it('students_mastery-5 one row, with the first of several apps', async () => {
    const cf_document_id = await add.document();
    const apps = [await add.app(), await add.app(), await add.app()];
    for (const lti_application_id of apps.toSorted().toReversed()) {
      await add.appScope({ lti_application_id, cf_document_id });
    }
    await mastered({}, { cf_item_id: await add.item({ cf_document_id }) });
    expect(await readOne('students_mastery')).toMatchObject({ learning_app_id: apps.toSorted()[0] });
  });
});
