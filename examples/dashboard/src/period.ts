/** Calendar days as the graph writes them: `2026-11-14`, both ends included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

/** So many whole weeks, from Monday to Sunday; that day is in the last of them. */
export function weeksUntil(date: string, weeks: number): Period {
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  return { from: shifted(date, -weekday - 7 * (weeks - 1)), to: shifted(date, 6 - weekday) };
}

/** An address can be typed by anybody: whether it is a day of the calendar. */
export function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && isSame(text, new Date(text));
}

/** Some browsers take the 31st of February for a day in March. */
function isSame(day: string, date: Date): boolean {
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

export function today(): string {
  return localDay(new Date());
}

function shifted(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** The moments from the first midnight to the one after the last day, by the clock of this browser, also when it is changed. */
export function momentsOf({ from, to }: Period): { readonly since: string; readonly until: string } {
  return { since: midnight(from, 0), until: midnight(to, 1) };
}

function midnight(date: string, daysLater: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + daysLater).toISOString();
}

/** The day on which that moment lies by the clock of this browser. */
export function localDay(moment: string | Date): string {
  const date = new Date(moment);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
