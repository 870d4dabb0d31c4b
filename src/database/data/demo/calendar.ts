/**
 * The ninety days of the demo. They stand still: an answer that was right yesterday must be right tomorrow, so nothing in
 * the demo is counted from today. Only roles look at today, and theirs ended long ago or end far ahead.
 */
export const firstDay = '2026-08-17';
export const lastDay = '2026-11-14';

const dayMs = 86_400_000;
const holidays = new Set(['2026-09-07', '2026-10-12', '2026-10-30', '2026-11-11']);

/** The days that a school is open, in order. */
export const schoolDays: readonly string[] = days().filter((day) => !isWeekend(day) && !holidays.has(day));
export const weekendDays: readonly string[] = days().filter(isWeekend);

function days(): string[] {
  const list: string[] = [];
  for (let time = Date.parse(firstDay); time <= Date.parse(lastDay); time += dayMs) list.push(isoDay(time));
  return list;
}

export function weekday(day: string): number {
  return new Date(Date.parse(day)).getUTCDay();
}

function isWeekend(day: string): boolean {
  return weekday(day) === 0 || weekday(day) === 6;
}

export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

export type Zone = 'central' | 'pacific';

// Written out, not asked of the machine: its time zone rules may be older or newer than ours.
const summerTimeEnds = Date.parse('2026-11-01');
const hoursBehind: Record<Zone, { summer: number; winter: number }> = {
  central: { summer: 5, winter: 6 },
  pacific: { summer: 7, winter: 8 },
};

/** The moment at which the clocks of that zone show so many minutes past midnight. */
export function momentOf(day: string, minutes: number, zone: Zone): number {
  const midnight = Date.parse(day);
  const { summer, winter } = hoursBehind[zone];
  return midnight + (midnight < summerTimeEnds ? summer : winter) * 3_600_000 + minutes * 60_000;
}
