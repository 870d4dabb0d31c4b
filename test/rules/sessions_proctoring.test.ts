import { describe, expect, it } from 'vitest';
import { itMerges, itQualifies, watch } from './support/insights.ts';
import { emptyReference } from './support/reference.ts';

const reference = emptyReference();
const { add, read } = reference;

describe('sessions_proctoring', () => {
  itMerges('sessions_proctoring-1', reference, 'sessions_proctoring', 'proctoring_duration_sec', {
    category: 'Proctoring',
  });
  itQualifies('sessions_proctoring-1', reference, 'sessions_proctoring', { category: 'Proctoring' });

  it('sessions_proctoring-2 proctored sessions only', async () => {
    const ada = await add.studentAt(await add.organization());
    const typeId = await add.insightType({ category: 'Proctoring', is_waste: true });
    for (const is_proctored of [true, false, null]) {
      const watched = await watch(add, `proctored: ${is_proctored}`, ada, { is_proctored });
      await watched.saw(typeId, '09:00:00', '09:00:15');
    }
    expect(await read('sessions_proctoring', { columns: ['session_id'] })).toEqual([{ session_id: 'proctored: true' }]);
  });

  it('sessions_proctoring-3 cheating at the same time changes nothing', async () => {
    const watched = await watch(add, 'session', await add.user());
    const [proctoring, cheating] = [
      await add.insightType({ category: 'Proctoring' }),
      await add.insightType({ category: 'Cheating' }),
    ];
    await watched.saw(proctoring, '09:00:00', '09:00:10');
    await watched.saw(cheating, '09:00:05', '09:00:25');
    await watched.saw(proctoring, '09:00:20', '09:00:30');
    expect(await read('sessions_proctoring', { columns: ['proctoring_duration_sec'] })).toEqual([
      { proctoring_duration_sec: 20 },
    ]);
  });

  it('sessions_proctoring-1 the student is the one of the insights session', async () => {
    const [school, elsewhere] = [await add.organization(), await add.organization()];
    const watched = await watch(add, 'session', await add.studentAt(elsewhere), {
      user_id: await add.studentAt(school),
    });
    await watched.saw(await add.insightType({ category: 'Proctoring' }), '09:00:00', '09:00:15');
    expect(await read('sessions_proctoring', { as: [elsewhere] })).toEqual([]);
    expect(await read('sessions_proctoring', { as: [school] })).toEqual([
      { session_id: 'session', proctoring_duration_sec: 15, org_ids: [school] },
    ]);
  });
});
