import { beforeEach, describe, expect, it } from 'vitest';
import { itQualifies, watch, type Watch } from './support/insights.ts';
import { emptyReference } from './support/reference.ts';

const reference = emptyReference();
const { add, read, readOne } = reference;

describe('waste_insights', () => {
  let school: string;
  let ada: string;
  let watched: Watch;

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
    watched = await watch(add, 'session', ada);
  });

  itQualifies('waste_insights-1', reference, 'waste_insights', { is_waste: true });

  it('waste_insights-1 the flag decides, in every category', async () => {
    for (const category of ['Engagement', 'Proctoring', 'Cheating', 'Journal', 'a new one']) {
      const type = { category, slug: `${category} waste` };
      await watched.saw(await add.insightType({ ...type, is_waste: true }), '09:00:00', '09:00:15');
      await watched.saw(await add.insightType({ category, is_waste: false }), '09:00:00', '09:00:15');
    }
    expect(await read('waste_insights', { columns: ['waste_type'] })).toEqual(
      ['Cheating', 'Engagement', 'Journal', 'Proctoring', 'a new one'].map((category) => ({
        waste_type: `${category} waste`,
      })),
    );
  });

  it('waste_insights-1 one row per insight: overlapping and identical ones stay apart', async () => {
    const typeId = await add.insightType({ is_waste: true });
    for (const end of ['09:00:15', '09:00:15', '09:00:40']) await watched.saw(typeId, '09:00:00', end);
    expect(await read('waste_insights', { columns: ['waste_duration_sec'] })).toEqual([
      { waste_duration_sec: 15 },
      { waste_duration_sec: 15 },
      { waste_duration_sec: 40 },
    ]);
  });

  it('waste_insights-2 the session need not be proctored', async () => {
    const typeId = await add.insightType({ category: 'Proctoring', is_waste: true });
    for (const [id, is_proctored] of Object.entries({ unproctored: false, unknown: null })) {
      await (await watch(add, id, ada, { is_proctored })).saw(typeId, '09:00:00', '09:00:15');
    }
    expect(await read('waste_insights', { columns: ['session_id'] })).toEqual([
      { session_id: 'unknown' },
      { session_id: 'unproctored' },
    ]);
    expect(await read('proctoring_insights')).toEqual([]);
  });

  it('waste_insights-3 type, description, times and whole seconds of the insight', async () => {
    const typeId = await add.insightType({ slug: 'TopicShopping', is_waste: true });
    await watched.saw(typeId, '09:00:00.25', '09:00:15.75', { reason: ' You switched. ' });
    expect(await readOne('waste_insights')).toEqual({
      waste_duration_sec: 16,
      waste_type: 'TopicShopping',
      session_id: 'session',
      started_at_time: '2026-06-17 09:00:00.25+00',
      ended_at_time: '2026-06-17 09:00:15.75+00',
      description: ' You switched. ',
      org_ids: [school],
    });
  });

  it('waste_insights-3 an insight of no length is a row with 0', async () => {
    const typeId = await add.insightType({ is_waste: true });
    await watched.saw(typeId, '09:00:00', '09:00:00');
    await watched.saw(typeId, '09:00:00', '09:00:00.499999');
    await watched.saw(typeId, '09:00:00', '09:00:02.5');
    expect(await read('waste_insights', { columns: ['waste_duration_sec'] })).toEqual([
      { waste_duration_sec: 0 },
      { waste_duration_sec: 0 },
      { waste_duration_sec: 3 },
    ]);
  });

  it('waste_insights-4 cheating and proctoring types without the flag are not waste', async () => {
    for (const category of ['Cheating', 'Proctoring']) {
      await watched.saw(await add.insightType({ category, is_waste: false }), '09:00:00', '09:00:15');
    }
    expect(await read('waste_insights')).toEqual([]);
  });

  it('waste_insights-1 the student is the one of the insights session', async () => {
    const [elsewhere, typeId] = [await add.organization(), await add.insightType({ is_waste: true })];
    await add.session({ id: 'mixed', user_id: await add.studentAt(elsewhere) });
    const session_id = await add.insightsSession({
      caliper_session_id: 'mixed',
      user_id: ada,
      application_id: await add.app(),
    });
    await add.insight({ session_id, insight_type_id: typeId });
    expect(await read('waste_insights', { as: [elsewhere] })).toEqual([]);
    expect(await read('waste_insights', { as: [school] })).toHaveLength(1);
  });
});
