/** The inputs that ask by what many rows come to: conditions on a summary, and orders by it. */
import type { InputFieldMap } from '@pothos/core';
import type { OrderBy } from '../loaders/sql/order.ts';
import type { Where } from '../loaders/sql/logic.ts';
import type { Builder, Ref } from './builder.ts';
import { connectives } from './connectives.ts';
import { columnSummaries, functionsOf, hasSummary, summedColumns, type ColumnSummary } from './measures.ts';
import { remembered } from './remembered.ts';
import { personal } from './tags.ts';
import type { Kind, View } from './view.ts';

interface Surroundings {
  /** The conditions on a value of this kind, by themselves. */
  readonly operators: (facts: { readonly kind: Kind }) => Ref;
  readonly direction: Ref;
  readonly where: (view: View) => Ref<Where>;
}

export function createSummaryInputs(builder: Builder, { operators, direction, where }: Surroundings) {
  const share = 'The share, from 0 to 1; 0.5 is the median.';
  const percentileFilter = builder.inputType('TimebackPercentileFilter', {
    description: 'A condition on one percentile.',
    fields: (t) => ({
      at: t.float({ required: true, description: share }),
      value: t.field({ type: operators({ kind: 'float' }), required: true, description: 'What the value has to be.' }),
    }),
  });
  const percentileOrder = builder.inputType('TimebackPercentileOrder', {
    description: 'An order by one percentile.',
    fields: (t) => ({
      at: t.float({ required: true, description: share }),
      direction: t.field({ type: direction, required: true, description: 'Upwards or downwards.' }),
    }),
  });

  const names = Object.keys(columnSummaries) as ColumnSummary[];
  const columnFilters = new Map(names.map((name) => [name, columnInput(name, 'Filter')]));
  const columnOrders = new Map(names.map((name) => [name, columnInput(name, 'Order')]));

  function columnInput(name: ColumnSummary, what: 'Filter' | 'Order'): Ref {
    const isFilter = what === 'Filter';
    return builder.inputType(`Timeback${name}${what}`, {
      description: isFilter
        ? 'Conditions on what one column comes to; all that are given have to hold.'
        : 'An order by what one column comes to: exactly one key.',
      fields: (t) =>
        Object.fromEntries(
          Array.from(functionsOf(name), ([fn, { kind, description }]) => {
            const plain = isFilter ? operators({ kind }) : direction;
            const ofPercentile = isFilter ? percentileFilter : percentileOrder;
            return [fn, t.field({ type: fn === 'percentile' ? ofPercentile : plain, description })];
          }),
        ) as InputFieldMap,
    });
  }

  /** Lists of people and of content are only counted. */
  const rowsFilter = builder.inputType('TimebackRowsSummaryFilter', {
    description: 'A condition on how many rows there are.',
    fields: (t) => ({ count: t.field({ type: operators({ kind: 'int' }), description: 'How many rows there are.' }) }),
  });
  const rowsOrder = builder.inputType('TimebackRowsSummaryOrder', {
    description: 'An order by how many rows there are.',
    fields: (t) => ({ count: t.field({ type: direction, description: 'How many rows there are.' }) }),
  });
  const rowsAggregate = builder.inputType('TimebackRowsAggregateFilter', {
    description: 'A condition on all rows that belong to a row together.',
    fields: (t) => ({
      summary: t.field({ type: rowsFilter, required: true, description: 'What they have to come to.' }),
    }),
  });
  const rowsListOrder = builder.inputType('TimebackRowsListOrder', {
    description: 'An order by the rows that belong to a row, taken together.',
    fields: (t) => ({ summary: t.field({ type: rowsOrder, required: true, description: 'By what they come to.' }) }),
  });

  /** Conditions on the summary of rows of the view. */
  const summaryFilter = remembered((view: View) => {
    const ref = builder.inputRef<Where>(`${view.type}SummaryFilter`);
    return ref.implement({
      description: `What rows of ${view.type} have to come to: all conditions have to hold.`,
      fields: (t) => ({
        ...connectives(t, ref),
        count: t.field({ type: operators({ kind: 'int' }) }),
        ...Object.fromEntries(
          Array.from(summedColumns(view), ([name, { facts, summary }]) => [
            name,
            t.field({ type: columnFilters.get(summary)!, ...personal(facts) }),
          ]),
        ),
      }),
    });
  });

  /** By what rows of the view come to. */
  const summaryOrder = remembered((view: View) =>
    builder.inputRef<OrderBy[number]>(`${view.type}SummaryOrder`).implement({
      description: `By what rows of ${view.type} come to: exactly one key.`,
      fields: (t) => ({
        count: t.field({ type: direction }),
        ...Object.fromEntries(
          Array.from(summedColumns(view), ([name, { facts, summary }]) => [
            name,
            t.field({ type: columnOrders.get(summary)!, ...personal(facts) }),
          ]),
        ),
      }),
    }),
  );

  const some = 'Which of them are taken; all unless said.';

  const aggregate = remembered((view: View): Ref =>
    hasSummary(view)
      ? builder.inputType(`${view.type}AggregateFilter`, {
          description: `A condition on all rows of ${view.type} that belong to a row together.`,
          fields: (t) => ({
            where: t.field({ type: where(view), description: some }),
            summary: t.field({ type: summaryFilter(view), required: true, description: 'What they have to come to.' }),
          }),
        })
      : rowsAggregate,
  );

  const listOrder = remembered((view: View): Ref =>
    hasSummary(view)
      ? builder.inputType(`${view.type}ListOrder`, {
          description: `An order by the rows of ${view.type} that belong to a row, taken together.`,
          fields: (t) => ({
            where: t.field({ type: where(view), description: some }),
            summary: t.field({ type: summaryOrder(view), required: true, description: 'By what they come to.' }),
          }),
        })
      : rowsListOrder,
  );

  return { summaryFilter, summaryOrder, aggregate, listOrder };
}
