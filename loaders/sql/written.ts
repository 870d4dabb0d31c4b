/**
 * What PostgreSQL itself writes for a value of a type. Sources hold stranger values than people expect (`infinity` for a day
 * without end, a year of five digits), and a list has to get past them: whatever PostgreSQL writes has to pass, nothing else may.
 */
import { isUuid } from '../../src/uuid.ts';

export function isWritten(type: string, text: string): boolean {
  if (text.includes('\0')) return false;
  const check = checks[type];
  return check === undefined || check(text);
}

const day = /^(\d{4,6})-(\d\d)-(\d\d)( BC)?$/;
const moment = /^(\d{4,6}-\d\d-\d\d) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:\+00)?( BC)?$/;

const checks: Readonly<Record<string, (text: string) => boolean>> = {
  // In lower case: callers may write the upper one, PostgreSQL itself never does.
  uuid: (text) => isUuid(text) && text === text.toLowerCase(),
  int8: (text) => /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text),
  numeric: (text) => isEndless(text) || /^-?\d{1,400}(\.\d{1,400})?$/.test(text),
  float8: (text) => isEndless(text) || (/^-?\d{1,400}(\.\d{1,400})?(e[+-]\d{2,3})?$/.test(text) && isFloat(text)),
  bool: (text) => text === 't' || text === 'f',
  date: (text) => isInfinite(text) || isDay(text),
  timestamptz: (text) => {
    const [, date, era = ''] = moment.exec(text) ?? [];
    return isInfinite(text) || (date !== undefined && isDay(date + era));
  },
};

function isEndless(text: string): boolean {
  return ['NaN', 'Infinity', '-Infinity'].includes(text);
}

function isInfinite(text: string): boolean {
  return text === 'infinity' || text === '-infinity';
}

/** PostgreSQL refuses what is too large for the type, and what is too small to be more than zero. */
function isFloat(text: string): boolean {
  const value = Number(text);
  return Number.isFinite(value) && (value !== 0 || /^-?0(\.0*)?$/.test(text));
}

function isDay(text: string): boolean {
  const [, years, month, date, era] = day.exec(text) ?? [];
  const year = era === undefined ? Number(years) : 1 - Number(years);
  const found = new Date(0);
  found.setUTCFullYear(year, Number(month) - 1, Number(date));
  const isInCalendar = found.getUTCMonth() === Number(month) - 1 && found.getUTCDate() === Number(date);
  return isInCalendar && Number(years) > 0 && year > -4_700;
}
