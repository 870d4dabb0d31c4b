import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { apps, students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';

export const entries = {
  negative: demoId('xp/negative'),
  zero: demoId('xp/zero'),
  fraction: demoId('xp/fraction'),
  withoutEvent: demoId('xp/without event'),
  ofEventWithoutSession: demoId('xp/of event without session'),
  undated: demoId('xp/undated'),
  earned: demoId('xp/earned'),
  takenBack: demoId('xp/taken back'),
} as const;

const student = students.underscore;
const eventWithoutSession = 'urn:event:without-session';

function addEntry(data: Dataset, id: string, value: number, event: string | null, time: string | null): void {
  data.add('tb_xp_ledger', {
    id,
    user_id: student,
    application_id: apps.pageAndLantern,
    event_id: event,
    value,
    date_created: time,
  });
}

/** Points that are not simply earned, one by one, in a session. */
export const oddPoints: readonly Oddity[] = [
  {
    name: 'points of less than nothing, of nothing, and of a fraction',
    at: [entries.negative, entries.zero, entries.fraction],
    sql: `select from tb_xp_ledger where (id = $1 and value < 0) or (id = $2 and value = 0) or (id = $3 and value = 12.375)
      having count(*) = 3`,
    add: (data) => {
      addEntry(data, entries.negative, -40, null, '2026-10-01T08:00:00Z');
      addEntry(data, entries.zero, 0, null, '2026-10-02T08:00:00Z');
      addEntry(data, entries.fraction, 12.375, null, '2026-10-03T08:00:00Z');
    },
  },
  {
    name: 'points of no event, and of an event that names neither session nor time',
    at: [entries.withoutEvent, entries.ofEventWithoutSession],
    sql: `select from tb_xp_ledger l left join caliper_event e on e.id = event_id
      where l.id in ($1, $2) and session_id is null having count(event_id) = 1 and count(*) = 2`,
    add: (data) => {
      data.add('caliper_event', { id: eventWithoutSession, attempt_id: null, session_id: null, event_time: null });
      addEntry(data, entries.withoutEvent, 5, null, '2026-10-05T23:59:59.999Z');
      addEntry(data, entries.ofEventWithoutSession, 6, eventWithoutSession, '2026-10-05T09:00:00Z');
    },
  },
  {
    name: 'points without a date',
    at: [entries.undated],
    sql: `select from tb_xp_ledger where id = $1 and date_created is null`,
    add: (data) => addEntry(data, entries.undated, 7, null, null),
  },
  {
    name: 'points that were earned and taken back on the same day',
    at: [entries.earned, entries.takenBack],
    sql: `select from tb_xp_ledger where id in ($1, $2) group by date_created::date having sum(value) = 0`,
    add: (data) => {
      addEntry(data, entries.earned, 25, null, '2026-10-06T10:00:00Z');
      addEntry(data, entries.takenBack, -25, null, '2026-10-06T18:00:00Z');
    },
  },
];
