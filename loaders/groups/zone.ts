/** The clocks of a time zone: what they show at a moment, and when a day begins on them. A moment is in milliseconds. */
import { badInput, Failure } from '../../src/failures.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * Region and city, or UTC. PostgreSQL would also take abbreviations, which it reads as offsets without summer time, and
 * offsets, whose sign it turns round.
 */
const zoneName = /^(?:UTC|[a-z]+(?:\/[a-z0-9_+-]+)+)$/i;

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  // A name may be written in upper and lower case in many ways.
  if (clocks.size >= 1_000) clocks.clear();
  clocks.set(zone, made);
  return made;
}

/** Asked of the runtime, so that no statement is made for a zone that there is not. */
export function checkZone(zone: string, path: string): void {
  try {
    if (zoneName.test(zone) && clockOf(zone)) return;
  } catch {
    // Intl throws for a name that it does not know: refused below.
  }
  throw noZone(path);
}

function noZone(path: string): Failure {
  return badInput(`${path} is no time zone. Use a name such as America/Chicago, or UTC.`);
}

/**
 * What was read with the clocks of a zone. The runtime knows a few names that PostgreSQL may lack, such as US/Pacific-New, and only
 * PostgreSQL can tell which.
 */
export async function readInZone<T>(zone: string | undefined, path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw zone !== undefined && isUnknown(zone, error) ? noZone(path) : error;
  }
}

/** An invalid value, and the message has the name of the zone, in whichever language the server speaks. */
function isUnknown(zone: string, error: unknown): boolean {
  const cause = error instanceof Failure ? error.originalError : undefined;
  return cause !== undefined && 'code' in cause && cause.code === '22023' && cause.message.includes(zone);
}

/** UTC under any of its names, such as Etc/UTC. */
export function isUtc(zone: string): boolean {
  return clockOf(zone).resolvedOptions().timeZone === 'UTC';
}

/** How far the clocks are ahead of UTC at a moment: the end of `6/17/2026, GMT-05:00`, of which UTC itself has only `GMT`. */
function offsetAt(zone: string, moment: number): number {
  const shown = clockOf(zone).format(moment);
  const [, sign, hours, minutes, seconds = '0'] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(shown) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1_000 : 1_000) * (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds));
}

/** The day on the calendar beside the clocks. */
export function dayOf(zone: string, moment: number): string {
  return new Date(moment + offsetAt(zone, moment)).toISOString().slice(0, 10);
}

/** The first moment of a day: its midnight, the earlier of two, or where the clocks skip midnight, the end of the gap. */
export function startOfDay(zone: string, day: string): number {
  const midnight = Date.parse(day);
  const [before, after] = [offsetAt(zone, midnight - dayMs), offsetAt(zone, midnight + dayMs)];
  const early = midnight - before;
  if (before === after || offsetAt(zone, early) === before) return early;
  const late = midnight - after;
  return offsetAt(zone, late) === after ? late : changeWithin(zone, late, early);
}

/** Where the hour that the clocks show at a moment begins, were they not changed within it: PostgreSQL finds it in the same way. */
export function hourOf(zone: string, moment: number): number {
  const offset = offsetAt(zone, moment);
  return Math.floor((moment + offset) / hourMs) * hourMs - offset;
}

/** The hour that begins there, cut where the clocks are changed within it. In a repeated hour there are two of the same name. */
export function boundsOfHour(zone: string, hour: number): { readonly start: number; readonly end: number } {
  const end = hour + hourMs;
  // Changed by half an hour, the clocks show this hour only in its second half.
  if (hourOf(zone, hour) !== hour) return { start: changeWithin(zone, hour, end - 1), end };
  return { start: hour, end: hourOf(zone, end - 1) === hour ? end : changeWithin(zone, hour, end - 1) };
}

/** The moment at which the offset changes, after `from` and not after `to`. */
function changeWithin(zone: string, from: number, to: number): number {
  const offset = offsetAt(zone, to);
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(zone, middle) === offset) after = middle;
    else before = middle;
  }
  return after;
}
