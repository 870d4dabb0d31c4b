import type { Measure } from '../../schema/measures.ts';
import { remembered } from '../../schema/remembered.ts';
import type { Context } from '../../src/context.ts';
import type { RawRow } from '../../src/door/flight.ts';
import { having } from '../sql/having.ts';
import { sourceOf, type List } from '../sql/list.ts';
import { readPerParent } from '../perParent.ts';
import { Selection } from '../sql/select.ts';
import { all, type Sql, type SqlColumn } from '../sql/sql.ts';
import { Measures, type Summary } from '../sql/summary.ts';
import { parserOf } from '../sql/values.ts';
import { timeBucket, type TimeBucket } from './bucket.ts';
import { groupingOf, type Grouping, type GroupsArgs } from './groupsArgs.ts';
import { groupOrderText } from './groupsOrder.ts';
import { GroupsText, keyed, readFilled } from './groupsText.ts';
import { readInZone } from './zone.ts';

export interface GroupKey {
  readonly values: Readonly<Record<string, unknown>>;
  bucket(): TimeBucket | null;
}

export interface Group {
  readonly key: GroupKey;
  readonly summary: Summary;
}

/** The groups of one list, before anything of them is read. */
export class Groups {
  readonly #grouped: GroupedListing;
  readonly #parent: string | null;

  constructor(grouped: GroupedListing, parent: string | null) {
    this.#grouped = grouped;
    this.#parent = parent;
  }

  nodes(measures: readonly Measure[]): Promise<readonly Group[]> {
    return this.#grouped.nodes(this.#parent, measures);
  }

  others(measures: readonly Measure[]): Promise<Summary | null> {
    return this.#grouped.others(this.#parent, measures);
  }

  totalCount(): Promise<number> {
    return this.#grouped.totalCount(this.#parent);
  }
}

/** The groups of the lists that one field asks for, alike for all parents: each part of them is read in one batch. */
export class GroupedListing {
  readonly #context: Context;
  readonly #list: List;
  readonly #grouping: Grouping;
  readonly #signature: string;

  constructor(context: Context, list: List, signature: string, args: GroupsArgs) {
    this.#context = context;
    this.#list = list;
    this.#grouping = groupingOf(list.view, args, list.where);
    this.#signature = `${signature} ${JSON.stringify(args)}`;
  }

  nodes(parent: string | null, measures: readonly Measure[]): Promise<readonly Group[]> {
    return this.#load(`groups ${JSON.stringify(measures)}`, parent, (parents) => this.#readNodes(parents, measures));
  }

  others(parent: string | null, measures: readonly Measure[]): Promise<Summary | null> {
    return this.#load(`other groups ${JSON.stringify(measures)}`, parent, (parents) =>
      this.#readOthers(parents, measures),
    );
  }

  totalCount(parent: string | null): Promise<number> {
    return this.#load('number of groups', parent, (parents) => this.#readTotals(parents));
  }

  #load<V>(
    what: string,
    parent: string | null,
    read: (parents: readonly string[] | null) => Promise<readonly V[]>,
  ): Promise<V> {
    const { way } = this.#list;
    const zone = this.#grouping.bucket?.zone;
    const batch = this.#context.batch<V>(`${what} ${this.#signature}`, (keys) =>
      readInZone(zone, 'groups.bucket.zone', readFilled(read(way ? keys : null))),
    );
    return batch.load(parent ?? '');
  }

  async #readNodes(parents: readonly string[] | null, measures: readonly Measure[]): Promise<readonly Group[][]> {
    const { written, rows, offset } = await readPerParent(this.#context, this.#list, parents, (sql) => {
      const text = new GroupsText(sql, this.#list, this.#grouping, parents?.length ?? 1);
      const columns = measures.map((measure) => text.measure(measure));
      const selected = [...keyNames(this.#grouping), ...columns.map((column) => column.sql)];
      return { columns, text: this.#chosen(sql, text, selected.join(', ')) };
    });
    const keyOf = this.#keyReader(offset);
    const summaryOf = summaryReader(measures, written.columns, offset + keyNames(this.#grouping).length);
    return rows.map((found) => found.map((raw) => ({ key: keyOf(raw), summary: summaryOf(raw) })));
  }

  /** The groups that are shown, in order. */
  #chosen(sql: Sql, text: GroupsText, selected: string): string {
    const { first } = this.#grouping;
    const where = this.#having(sql, text);
    const order = groupOrderText(this.#list.view, this.#grouping, (measure) => text.measure(measure));
    return `select ${selected}
from ${text.table()}${where}
order by ${order}
limit ${sql.param(String(first), 'int')}`;
  }

  #having(sql: Sql, text: GroupsText): string {
    const { view } = this.#list;
    const asked = this.#grouping.having;
    return asked ? `\nwhere ${having(sql, view, asked, 'groups.having', (measure) => text.measure(measure))}` : '';
  }

  async #readTotals(parents: readonly string[] | null): Promise<readonly number[]> {
    const { rows, offset } = await readPerParent(this.#context, this.#list, parents, (sql) => {
      const text = new GroupsText(sql, this.#list, this.#grouping, parents?.length ?? 1);
      const where = this.#having(sql, text);
      return { text: `select count(*)\nfrom ${text.table()}${where}` };
    });
    return rows.map(([raw]) => (raw ? Number(raw[offset]) : 0));
  }

  /**
   * Everything that no shown group holds. A mean or a percentile of it does not follow from those of the groups, so it is made of
   * the rows. Arrays compare nulls as equal, and `not in` looks them up by hash.
   */
  async #readOthers(
    parents: readonly string[] | null,
    measures: readonly Measure[],
  ): Promise<readonly (Summary | null)[]> {
    const selection = new Selection();
    const count = selection.add('count(*)', 'count');
    const { written, rows, offset } = await readPerParent(this.#context, this.#list, parents, (sql) => {
      const groups = new GroupsText(sql, this.#list, this.#grouping, parents?.length ?? 1);
      const shown = this.#chosen(sql, groups, `${arrayOf(keyNames(this.#grouping))} as key`);
      const source = sourceOf(sql, this.#list);
      const { keys, from, conditions } = keyed(source, this.#grouping);
      const found = new Measures(source.rows, selection, measures);
      const text = `with shown as materialized (
${shown}
)
select ${selection.text}
from ${from}
where ${all([...conditions, `${arrayOf(keys)} not in (select key from shown)`])}`;
      return { found, text };
    });
    return rows.map(([raw]) => {
      if (!raw || raw[count + offset] === '0') return null;
      return { value: (measure) => written.found.read(measure, raw, offset) };
    });
  }

  #keyReader(offset: number): (raw: RawRow) => GroupKey {
    const { by, bucket } = this.#grouping;
    const readBucket = parserOf({
      kind: bucket?.unit === 'HOUR' ? 'dateTime' : 'date',
    });
    // The same stretch stands in many groups, and calendars are slow.
    const bucketOf = remembered((key: string) => timeBucket(key, bucket!));
    const dimensions = by.map(({ field, facts }, index) => ({
      field,
      read: parserOf(facts),
      at: offset + index + (bucket ? 1 : 0),
    }));
    return (raw) => ({
      values: Object.fromEntries(dimensions.map(({ field, read, at }) => [field, read(raw[at]!)])),
      bucket() {
        const key = bucket ? (readBucket(raw[offset]!) as string | null) : null;
        return key === null ? null : bucketOf(key);
      },
    });
  }
}

function keyNames({ by, bucket }: Grouping): readonly string[] {
  return [...(bucket ? [bucket] : []), ...by].map((_, index) => `g.g${index}`);
}

function arrayOf(keys: readonly string[]): string {
  return `array[${keys.map((key) => `(${key})::text`).join(', ')}]`;
}

function summaryReader(measures: readonly Measure[], columns: readonly SqlColumn[], offset: number) {
  const places = new Map(
    measures.map((measure, index) => [
      JSON.stringify(measure),
      { at: offset + index, read: parserOf({ kind: columns[index]!.kind }) },
    ]),
  );
  return (raw: RawRow): Summary => ({
    value(measure) {
      const { at, read } = places.get(JSON.stringify(measure))!;
      return read(raw[at]!);
    },
  });
}
