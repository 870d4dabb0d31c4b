import { describe, expect, it } from 'vitest';
import { itMerges, itQualifies, watch } from './support/insights.ts';
import { emptyReference } from './support/reference.ts';

const reference = emptyReference();
const { add, read } = reference;

describe('sessions_cheating', () => {
  itMerges('sessions_cheating', reference, 'sessions_cheating', 'cheating_duration_sec', { category: 'Cheating' });
  itQualifies('sessions_cheating-3', reference, 'sessions_cheating', { category: 'Cheating' });

  it('sessions_cheating-1 proctored or not, waste or not', async () => {
    const ada = await add.studentAt(await add.organization());
    for (const is_waste of [true, false]) {
      const typeId = await add.insightType({ category: 'Cheating', is_waste });
      for (const is_proctored of [true, false, null]) {
        const watched = await watch(add, `${is_waste} ${is_proctored}`, ada, { is_proctored });
        await watched.saw(typeId, '09:00:00', '09:00:15');
      }
    }
    expect(await read('sessions_cheating')).toHaveLength(6);
  });

  it('sessions_cheating-1 the student is the one of the insights session', async () => {
    const [school, elsewhere] = [await add.organization(), await add.organization()];
    const watched = await watch(add, 'session', await add.studentAt(elsewhere), {
      user_id: await add.studentAt(school),
    });
    await watched.saw(await add.insightType({ category: 'Cheating' }), '09:00:00', '09:00:15');
    expect(await read('sessions_cheating', { as: [elsewhere] })).toEqual([]);
    expect(await read('sessions_cheating', { as: [school] })).toEqual([
      { session_id: 'session', cheating_duration_sec: 15, org_ids: [school] },
    ]);
  });
});
