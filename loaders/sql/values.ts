/** From PostgreSQL's text to the values of a row. Ids, texts and dates stay the text they are. */
import { otherWord } from '../../schema/fields.ts';
import type { Column } from '../../schema/view.ts';

export type Parse = (text: string | null) => unknown;

export function parserOf({ kind, vocabulary }: Pick<Column, 'kind' | 'vocabulary'>): Parse {
  switch (kind) {
    case 'int':
    case 'float':
      return number;
    case 'boolean':
      return (text) => (text === null ? null : text === 't');
    case 'date':
      return (text) => (text === null || isOrdinary(text) ? text : null);
    case 'dateTime':
      return dateTime;
    case 'ids':
      return list;
    case 'enum':
      return oneOf(new Set(vocabulary!.words));
    default:
      return (text) => text;
  }
}

function number(text: string | null): number | null {
  if (text === null) return null;
  const value = Number(text);
  // JSON has neither NaN nor infinity.
  return Number.isFinite(value) ? value : null;
}

/** `2026-06-17 09:55:00.5+00` is `2026-06-17T09:55:00.500Z`; the rest of a second has three digits, or six where it needs them. */
function dateTime(text: string | null): string | null {
  if (text === null || !isOrdinary(text)) return null;
  const zone = text.indexOf('+', 19);
  const end = zone === -1 ? text.length : zone;
  const rest = text[19] === '.' ? text.slice(20, end) : '';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${rest.padEnd(rest.length > 3 ? 6 : 3, '0')}Z`;
}

/** Neither infinite nor of a year that GraphQL's dates cannot write. */
function isOrdinary(text: string): boolean {
  return text[4] === '-' && !text.endsWith('BC');
}

function oneOf(words: ReadonlySet<string>): Parse {
  return (text) => (text === null || words.has(text) ? text : otherWord);
}

/**
 * `{a,"b c"}`: quoted where an item holds a comma, a brace, a quote, a backslash or white space, or where it is the word NULL.
 * Without quotes that word stands for nothing: it is the id of nobody, and dropped.
 */
function list(text: string | null): string[] | null {
  if (text === null) return null;
  if (text === '{}') return [];
  // An array that does not begin at 1 says so first: `[0:1]={a,b}`.
  if (text.startsWith('[')) return list(text.slice(text.indexOf('{')));
  if (!text.includes('"')) return text.slice(1, -1).split(',').filter(isThere);
  const items = text.matchAll(/"((?:[^"\\]|\\.)*)"|([^,{}"]+)/g);
  return Array.from(items)
    .filter(([item]) => isThere(item))
    .map(([, inQuotes, plain]) => plain ?? inQuotes!.replace(/\\(.)/g, '$1'));
}

const isThere = (item: string) => item !== 'NULL';
