import type DataLoader from 'dataloader';
import type { Context } from '../../src/context.ts';
import type { RawRows } from '../../src/door/flight.ts';
import { sources, type FigureName, type FigureSource, type SourceName } from '../../schema/metrics/sources.ts';
import { Sql } from '../sql/sql.ts';
import { readInZone } from '../groups/zone.ts';
import { edgesOf } from './clock.ts';
import { membersOf, possibleKeys, type Subject } from './members.ts';
import type { Timing } from './periods.ts';
import { figuresText, rowKey, sharedText, type Asked } from './text.ts';

/** A figure in each of the periods, in their order; null in those without rows. */
export type Figures = readonly (number | null)[];

/**
 * The figures of one parent. They are read when they are asked for: of each source one select, for all parents and all figures
 * that a tick asks for.
 */
export class MetricReading {
  readonly timing: Timing;
  readonly subject: Subject;
  readonly #context: Context;
  readonly #parent: string;
  /** The same for all parents that are read together. */
  readonly #together: string;

  constructor(context: Context, subject: Subject, parent: string | null, timing: Timing) {
    this.#context = context;
    this.subject = subject;
    this.#parent = parent ?? '';
    this.timing = timing;
    this.#together = `${subject} ${JSON.stringify(timing)}`;
  }

  /** Null where the rows say nothing about parents of this kind: coaching belongs to no app. */
  async figure(name: FigureName): Promise<Figures | null> {
    const [source, figure] = name.split('.') as [SourceName, string];
    if (!isTold(sources[source], this.subject)) return null;
    return this.#loader(source, (parents, figures) => this.#readFigures(sources[source], parents, figures)).load(
      JSON.stringify([figure, this.#parent]),
    );
  }

  /** How many of its students belong to another parent of the kind, too. */
  async shared(): Promise<number> {
    const { subject } = this;
    if (subject === 'everything' || subject === 'student' || subject === 'app') return 0;
    const [count] = await this.#loader('shared', (parents) => this.#readShared(subject, parents)).load(
      JSON.stringify(['shared', this.#parent]),
    );
    return count ?? 0;
  }

  /** Those of several that apply to this reading. */
  async those<T extends { applies(reading: MetricReading): Promise<boolean> }>(all: readonly T[]): Promise<T[]> {
    const apply = await Promise.all(all.map((one) => one.applies(this)));
    return all.filter((_, index) => apply[index]);
  }

  #loader(
    what: string,
    read: (parents: readonly string[], figures: readonly string[]) => Promise<(parent: string, at: number) => Figures>,
  ): DataLoader<string, Figures> {
    return this.#context.batch(`metrics ${what} ${this.#together}`, async (asked) => {
      const pairs = asked.map((one) => JSON.parse(one) as [string, string]);
      const figures = [...new Set(pairs.map(([figure]) => figure))];
      const figuresOf = await read([...new Set(pairs.map(([, parent]) => parent))], figures);
      return pairs.map(([figure, parent]) => figuresOf(parent, figures.indexOf(figure)));
    });
  }

  async #readFigures(source: FigureSource, parents: readonly string[], figures: readonly string[]) {
    const { subject, timing } = this;
    const sql = new Sql(this.#context.reader);
    const every: Asked = { source, subject, timing, keys: parents };
    const keys = subject === 'everything' ? parents : possibleKeys(sql, subject, parents, rowKey(sql, every));
    const rows =
      keys.length === 0 ? [] : await this.#read(source, figuresText(sql, { ...every, keys }, figures), sql, keys);
    return this.#divided(rows, keys);
  }

  async #readShared(subject: Exclude<Subject, 'everything'>, parents: readonly string[]) {
    const source = sources.sessions;
    const sql = new Sql(this.#context.reader);
    const row = rowKey(sql, { source, subject, timing: this.timing, keys: parents });
    const keys = possibleKeys(sql, subject, parents, row);
    const text = sharedText(membersOf(sql, subject, keys, row, this.timing));
    return this.#divided(keys.length === 0 ? [] : await this.#read(source, text, sql, keys), keys);
  }

  #read({ view }: FigureSource, text: string, sql: Sql, keys: readonly string[]): Promise<RawRows> {
    const rows = this.#context.reader.read({
      view: view.name,
      text,
      values: sql.values,
      ...(this.subject !== 'everything' && { keys: keys.length }),
    });
    return readInZone(this.timing.zone, 'zone', rows);
  }

  /** What the select tells of a parent. The sum of rows without values is nothing to PostgreSQL, and zero to people. */
  #divided(rows: RawRows, keys: readonly string[]): (parent: string, at: number) => Figures {
    const edges = edgesOf(this.timing);
    const slots = this.timing.periods.map(({ from }) => String(edges.indexOf(from) + 1));
    const found = new Map(rows.map((row) => [`${keys[Number(row[0]) - 1]!} ${row[1]!}`, row]));
    return (parent, at) =>
      slots.map((slot) => {
        const row = found.get(`${parent} ${slot}`);
        return row ? Number(row[at + 2] ?? 0) : null;
      });
  }
}

function isTold(source: FigureSource, subject: Subject): boolean {
  return subject !== 'app' || source.app !== undefined;
}
