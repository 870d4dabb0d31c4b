import { beforeEach, describe, expect, it } from 'vitest';
import { itQualifies, watch, type Watch } from './support/insights.ts';
import { emptyReference } from './support/reference.ts';

const reference = emptyReference();
const { add, read, readOne } = reference;

describe('proctoring_insights', () => {
  let school: string;
  let ada: string;
  let watched: Watch;

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
    watched = await watch(add, 'session', ada);
  });

  itQualifies('proctoring_insights-1', reference, 'proctoring_insights', { category: 'Proctoring' });

  it('proctoring_insights-1 of the category Proctoring, one row per insight', async () => {
    for (const category of ['Engagement', 'Cheating', 'Journal', 'proctoring', 'Proctoring ']) {
      const slug = `Proctoring${category}`;
      await watched.saw(await add.insightType({ slug, category, is_waste: true }), '09:00:00', '09:00:15');
    }
    expect(await read('proctoring_insights')).toEqual([]);
    const typeId = await add.insightType({ category: 'Proctoring' });
    for (const end of ['09:00:15', '09:00:15', '09:00:40']) await watched.saw(typeId, '09:00:00', end);
    expect(await read('proctoring_insights', { columns: ['duration_sec'] })).toEqual([
      { duration_sec: 15 },
      { duration_sec: 15 },
      { duration_sec: 40 },
    ]);
  });

  it('proctoring_insights-2 from proctored sessions only', async () => {
    const typeId = await add.insightType({ category: 'Proctoring' });
    for (const is_proctored of [true, false, null]) {
      const unlike = await watch(add, `proctored: ${is_proctored}`, ada, { is_proctored });
      await unlike.saw(typeId, '09:00:00', '09:00:15');
    }
    expect(await read('proctoring_insights', { columns: ['session_id'] })).toEqual([{ session_id: 'proctored: true' }]);
  });

  it('proctoring_insights-3 waste or not', async () => {
    for (const is_waste of [true, false]) {
      await watched.saw(await add.insightType({ category: 'Proctoring', is_waste }), '09:00:00', '09:00:15');
    }
    expect(await read('proctoring_insights')).toHaveLength(2);
  });

  it('proctoring_insights-3 session, type and description as recorded', async () => {
    const typeId = await add.insightType({ slug: 'ProctoringUnauthorizedAppUse', category: 'Proctoring' });
    await watched.saw(typeId, '09:00:00.25', '09:00:15.75', { reason: ' Another window. ' });
    expect(await readOne('proctoring_insights')).toEqual({
      session_id: 'session',
      insight_type: 'ProctoringUnauthorizedAppUse',
      started_at_time: '2026-06-17 09:00:00.25+00',
      ended_at_time: '2026-06-17 09:00:15.75+00',
      duration_sec: 16,
      description: ' Another window. ',
      org_ids: [school],
    });
  });

  it('proctoring_insights-3 an insight of no length is a row with 0', async () => {
    const typeId = await add.insightType({ category: 'Proctoring' });
    await watched.saw(typeId, '09:00:00', '09:00:00');
    await watched.saw(typeId, '09:00:00', '09:00:00.499999');
    await watched.saw(typeId, '09:00:00', '09:00:02.5');
    expect(await read('proctoring_insights', { columns: ['duration_sec'] })).toEqual([
      { duration_sec: 0 },
      { duration_sec: 0 },
      { duration_sec: 3 },
    ]);
  });

  it('proctoring_insights-4 a new slug of the category appears by itself, under any name', async () => {
    for (const slug of ['ProctoringByTelepathy', 'HelpFromAnotherPerson']) {
      await watched.saw(await add.insightType({ slug, category: 'Proctoring' }), '09:00:00', '09:00:15');
    }
    expect(await read('proctoring_insights', { columns: ['insight_type'] })).toEqual([
      { insight_type: 'HelpFromAnotherPerson' },
      { insight_type: 'ProctoringByTelepathy' },
    ]);
  });

  it('proctoring_insights-1 the student is the one of the insights session', async () => {
    const [elsewhere, typeId] = [await add.organization(), await add.insightType({ category: 'Proctoring' })];
    await add.session({ id: 'mixed', user_id: await add.studentAt(elsewhere) });
    const session_id = await add.insightsSession({
      caliper_session_id: 'mixed',
      user_id: ada,
      application_id: await add.app(),
      is_proctored: true,
    });
    await add.insight({ session_id, insight_type_id: typeId });
    expect(await read('proctoring_insights', { as: [elsewhere] })).toEqual([]);
    expect(await read('proctoring_insights', { as: [school] })).toHaveLength(1);
  });
});
