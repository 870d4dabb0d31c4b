/**
 * Lists below a list, in one statement: pages of the first, and of each of its rows the pages of the others. All that they need of a
 * row is its key, which PostgreSQL knows as soon as it has found the row, and we a round trip later.
 */
import { keyColumn } from '../../schema/view.ts';
import type { Context } from '../../src/context.ts';
import type { RawRow, RawRows } from '../../src/door/flight.ts';
import { isHeld, keyTypeOf, keysOf, parentsOf, type List } from '../sql/list.ts';
import { operandType } from '../sql/column.ts';
import { recordedIds } from '../sql/keys.ts';
import { Sql } from '../sql/sql.ts';
import { worded } from '../sql/worded.ts';
import type { Page, PageReading, WrittenPage } from './pageReading.ts';

export interface Leveled {
  readonly list: List;
  readonly reading: PageReading;
  /** The lists that are asked for of each of its rows. */
  readonly below: Iterable<Leveled>;
  /** Has read the page of that parent. */
  keep(parent: string, page: Page): void;
}

interface Level {
  readonly leveled: Leveled;
  /** The number of the level whose rows are the parents. Those of the first are known. */
  readonly above: number | undefined;
}

/** Before the columns of a page stand the number of its level, and the key of the parent, or of the first level its number. */
const offset = 2;

/**
 * Whether pages of the one can be read below those of the other: the key of its rows leads there as it stands, and nobody has put
 * anything else into them. What is filtered is planned anew each time, and would have the others planned with it.
 */
export function canFollow(context: Context, above: Leveled, below: Leveled): boolean {
  if (above.reading.name === undefined || below.reading.name === undefined) return false;
  const { view } = above.list;
  const key = keyColumn(view);
  // Where rows hold their parents in an array, all parents have to be known: see `Together`.
  if (key === undefined || isHeld(above.list) || isHeld(below.list)) return false;
  const sql = new Sql(context.reader);
  // Not every text is a UUID, and to find that out would be an error.
  return operandType(keyTypeOf(sql, below.list)) !== 'uuid' || sql.rows(view, '').column(key).type === 'uuid';
}

/** Reads a page of each parent, and has those of the lists below kept. Nothing, if no parent can have any. */
export async function readLevels(
  context: Context,
  top: Leveled,
  parents: readonly string[],
): Promise<readonly Page[] | undefined> {
  const sql = new Sql(context.reader);
  const known = recordedIds(keyTypeOf(sql, top.list), parents);
  if (known.length === 0) return undefined;
  const levels = levelsOf(top);
  const keys = keysOf(sql, top.list, known);
  const { text, pages } = worded(sql, nameOf(levels), () => write(sql, keys, levels));
  const raw = await context.reader.read({
    view: top.list.view.name,
    below: levels.slice(1).map(({ leveled }) => leveled.list.view.name),
    text,
    values: sql.values,
    keys: known.length,
  });
  const rows = divide(raw, levels);
  for (const [number, { leveled, above }] of levels.entries()) {
    if (above === undefined) continue;
    const key = pages[above]!.key! + offset;
    for (const row of rows.shown(above)) {
      const parent = row[key] ?? '';
      leveled.keep(parent, leveled.reading.page(pages[number]!, rows.below(parent, number), offset));
    }
  }
  const numbers = new Map(known.map((id, index) => [id, String(index + 1)]));
  return parents.map((parent) => top.reading.page(pages[0]!, rows.below(numbers.get(parent) ?? '', 0), offset));
}

/** From the top down: each stands behind the one that it is below. */
function levelsOf(top: Leveled): readonly Level[] {
  const levels: Level[] = [];
  const add = (leveled: Leveled, above: number | undefined) => {
    const number = levels.push({ leveled, above }) - 1;
    for (const one of leveled.below) add(one, number);
  };
  add(top, undefined);
  return levels;
}

/** All that the statement follows from; empty if there is nothing below. */
export function shapeOf(top: Leveled): string {
  const levels = levelsOf(top);
  return levels.length === 1 ? '' : nameOf(levels);
}

function nameOf(levels: readonly Level[]): string {
  return levels.map(({ leveled, above }) => `${above} ${leveled.reading.name}`).join('\n');
}

function write(sql: Sql, keys: string, levels: readonly Level[]) {
  const pages: WrittenPage[] = [];
  const parts: string[] = [];
  for (const [number, { leveled, above }] of levels.entries()) {
    const page = leveled.reading.write(sql);
    const parents =
      above === undefined ? parentsOf(keys) : rowsOf(sql, above, levels[above]!.leveled, pages[above]!, leveled.list);
    pages.push(page);
    const { names } = page.selection;
    // A row beyond the page only tells that there is more: nothing is read below it, so the rows have to be counted.
    const isCounted = leveled.reading.isBeyond;
    const text = isCounted ? `select p.*, row_number() over ()\nfrom (\n${page.text}\n) p` : page.text;
    parts.push(`l${number} (${['n', ...names, ...(isCounted ? ['at'] : [])].join(', ')}) as materialized (
select k.n, p.*
from ${parents}
cross join lateral (
${text}
) p
)`);
  }
  const width = Math.max(...pages.map(({ selection }) => selection.names.length));
  const selects = pages.map(({ selection }, number) => {
    const texts = selection.textsIn(`l${number}`);
    const nothing = Array.from({ length: width - texts.length }, () => 'null');
    return `select ${[number, 'n::text', ...texts, ...nothing].join(', ')} from l${number}`;
  });
  // They come one after the other: parallel append, which would mix them, is off in every flight.
  return { text: `with ${parts.join(', ')}\n${selects.join('\nunion all\n')}`, pages };
}

/** The rows that the level above shows as parents, each once. */
function rowsOf(sql: Sql, number: number, { reading }: Leveled, { key }: WrittenPage, below: List): string {
  const own = `l${number}.c${key}`;
  const shown = reading.isBeyond ? ` where at <= ${sql.param(String(reading.shown), 'int')}` : '';
  return `(select distinct ${own}::text as n, ${own}::${operandType(keyTypeOf(sql, below))} as key from l${number}${shown}) k`;
}

/** The rows of each level that belong to a parent, and those that are shown, below which there may be others. */
function divide(raw: RawRows, levels: readonly Level[]) {
  const byParent = levels.map(() => new Map<string, RawRow[]>());
  for (const row of raw) {
    const level = Number(row[0]);
    const own = byParent[level]!.get(row[1]!);
    if (own) own.push(row);
    else byParent[level]!.set(row[1]!, [row]);
  }
  return {
    shown(level: number): RawRows {
      const { shown } = levels[level]!.leveled.reading;
      return [...byParent[level]!.values()].flatMap((own) => own.slice(0, shown));
    },
    below: (parent: string, level: number): RawRows => byParent[level]!.get(parent) ?? [],
  };
}
