import { describe, expect, it } from 'vitest';
import { itQualifies, watch } from './support/insights.ts';
import { emptyReference } from './support/reference.ts';

const reference = emptyReference();
const { add, read, readOne } = reference;

describe('sessions_waste', () => {
  const waste = () => add.insightType({ is_waste: true });
  const total = async () =>
    (await readOne('sessions_waste', { columns: ['waste_duration_sec'] }))['waste_duration_sec'];

  it('sessions_waste-1 one row per session, overlaps count twice', async () => {
    const [ada, typeId] = [await add.user(), await waste()];
    const watched = await watch(add, 'session', ada);
    await watched.saw(typeId, '09:00:00', '09:00:10');
    await watched.saw(typeId, '09:00:00', '09:00:10');
    await watched.saw(await waste(), '09:00:05', '09:00:15');
    const other = await watch(add, 'other', ada);
    await other.saw(typeId, '09:00:00', '09:00:10');
    await watch(add, 'quiet', ada);
    expect(await read('sessions_waste', { columns: ['session_id', 'waste_duration_sec'] })).toEqual([
      { session_id: 'other', waste_duration_sec: 10 },
      { session_id: 'session', waste_duration_sec: 30 },
    ]);
  });

  itQualifies('sessions_waste-2', reference, 'sessions_waste', { is_waste: true });

  it('sessions_waste-2 the flag decides, across all categories and without proctoring', async () => {
    const watched = await watch(add, 'session', await add.user(), { is_proctored: false });
    for (const category of ['Engagement', 'Proctoring', 'Cheating', 'Journal', 'a new one']) {
      await watched.saw(await add.insightType({ category, is_waste: true }), '09:00:00', '09:00:10');
      await watched.saw(await add.insightType({ category, is_waste: false }), '09:00:00', '09:00:01');
    }
    expect(await total()).toBe(50);
  });

  it('sessions_waste-2 the student is the one of the insights session', async () => {
    const [school, elsewhere] = [await add.organization(), await add.organization()];
    const watched = await watch(add, 'session', await add.studentAt(elsewhere), {
      user_id: await add.studentAt(school),
    });
    await watched.saw(await waste(), '09:00:00', '09:00:15');
    expect(await read('sessions_waste', { as: [elsewhere] })).toEqual([]);
    expect(await read('sessions_waste', { as: [school] })).toEqual([
      { session_id: 'session', waste_duration_sec: 15, org_ids: [school] },
    ]);
  });

  it('sessions_waste-3 exact lengths are added, then rounded', async () => {
    const [watched, typeId] = [await watch(add, 'session', await add.user()), await waste()];
    for (let n = 0; n < 3; n += 1) await watched.saw(typeId, '09:00:00', '09:00:00.5');
    expect(await total()).toBe(2);
    await watched.saw(typeId, '09:00:00', '09:00:00.9');
    await watched.saw(typeId, '09:00:00', '09:00:00.0999');
    expect(await total()).toBe(2);
  });

  it('sessions_waste-3 no row where the total rounds to zero, a row from half a second on', async () => {
    const [watched, typeId] = [await watch(add, 'session', await add.user()), await waste()];
    await watched.saw(typeId, '09:00:00', '09:00:00');
    await watched.saw(typeId, '09:00:00', '09:00:00.499999');
    expect(await read('sessions_waste')).toEqual([]);
    await watched.saw(typeId, '09:00:00', '09:00:00.000001');
    expect(await total()).toBe(1);
  });
});
