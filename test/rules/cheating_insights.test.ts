import { beforeEach, describe, expect, it } from 'vitest';
import { itQualifies, watch, type Watch } from './support/insights.ts';
import { emptyReference } from './support/reference.ts';

const reference = emptyReference();
const { add, read, readOne } = reference;

describe('cheating_insights', () => {
  let school: string;
  let ada: string;
  let watched: Watch;

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
    watched = await watch(add, 'session', ada);
  });

  itQualifies('cheating_insights-1', reference, 'cheating_insights', { category: 'Cheating' });

  it('cheating_insights-1 of the category Cheating, one row per insight', async () => {
    for (const category of ['Engagement', 'Proctoring', 'Journal', 'cheating', 'Cheating ']) {
      const slug = `Cheating${category}`;
      await watched.saw(await add.insightType({ slug, category, is_waste: true }), '09:00:00', '09:00:15');
    }
    expect(await read('cheating_insights')).toEqual([]);
    const typeId = await add.insightType({ category: 'Cheating' });
    for (const end of ['09:00:15', '09:00:15', '09:00:40']) await watched.saw(typeId, '09:00:00', end);
    expect(await read('cheating_insights', { columns: ['duration_sec'] })).toEqual([
      { duration_sec: 15 },
      { duration_sec: 15 },
      { duration_sec: 40 },
    ]);
  });

  it('cheating_insights-2 neither proctoring nor waste is asked for', async () => {
    for (const is_waste of [true, false]) {
      const typeId = await add.insightType({ category: 'Cheating', is_waste });
      for (const is_proctored of [true, false, null]) {
        const unlike = await watch(add, `${is_waste} ${is_proctored}`, ada, { is_proctored });
        await unlike.saw(typeId, '09:00:00', '09:00:15');
      }
    }
    expect(await read('cheating_insights')).toHaveLength(6);
  });

  it('cheating_insights-3 session, type and description as recorded', async () => {
    const typeId = await add.insightType({ slug: 'CheatingUnauthorizedAppUse', category: 'Cheating' });
    await watched.saw(typeId, '09:00:00.25', '09:00:15.75', { reason: ' Another window. ' });
    expect(await readOne('cheating_insights')).toEqual({
      session_id: 'session',
      insight_type: 'CheatingUnauthorizedAppUse',
      started_at_time: '2026-06-17 09:00:00.25+00',
      ended_at_time: '2026-06-17 09:00:15.75+00',
      duration_sec: 16,
      description: ' Another window. ',
      org_ids: [school],
    });
  });

  it('cheating_insights-4 an insight of no length is a row with 0', async () => {
    const typeId = await add.insightType({ category: 'Cheating' });
    await watched.saw(typeId, '09:00:00', '09:00:00');
    await watched.saw(typeId, '09:00:00', '09:00:00.499999');
    await watched.saw(typeId, '09:00:00', '09:00:02.5');
    expect(await read('cheating_insights', { columns: ['duration_sec'] })).toEqual([
      { duration_sec: 0 },
      { duration_sec: 0 },
      { duration_sec: 3 },
    ]);
  });

  it('cheating_insights-5 a new slug of the category appears by itself, under any name', async () => {
    for (const slug of ['CheatingByTelepathy', 'HelpFromAnotherPerson']) {
      await watched.saw(await add.insightType({ slug, category: 'Cheating' }), '09:00:00', '09:00:15');
    }
    expect(await read('cheating_insights', { columns: ['insight_type'] })).toEqual([
      { insight_type: 'CheatingByTelepathy' },
      { insight_type: 'HelpFromAnotherPerson' },
    ]);
  });

  it('cheating_insights-1 the student is the one of the insights session', async () => {
    const [elsewhere, typeId] = [await add.organization(), await add.insightType({ category: 'Cheating' })];
    await add.session({ id: 'mixed', user_id: await add.studentAt(elsewhere) });
    const session_id = await add.insightsSession({
      caliper_session_id: 'mixed',
      user_id: ada,
      application_id: await add.app(),
      is_proctored: true,
    });
    await add.insight({ session_id, insight_type_id: typeId });
    expect(await read('cheating_insights', { as: [elsewhere] })).toEqual([]);
    expect(await read('cheating_insights', { as: [school] })).toHaveLength(1);
  });
});
