/** The types that tell what many rows come to: a column first, then a function. The rows are those of a list, or of a group. */
import { percentileOf, type Summary } from '../loaders/sql/summary.ts';
import type { Builder } from './builder.ts';
import { tells } from './extensions.ts';
import {
  columnSummaries,
  functionsOf,
  summedColumns,
  type ColumnSummary,
  type FunctionName,
  type Measuring,
} from './measures.ts';
import { scalarNames } from './inputs.ts';
import { remembered } from './remembered.ts';
import { personal } from './tags.ts';
import type { View } from './view.ts';

interface OfColumn {
  readonly summary: Summary;
  readonly column: string;
}

export function createSummaries(builder: Builder) {
  const ofColumn = remembered((name: ColumnSummary) =>
    builder.objectRef<OfColumn>(name).implement({
      description: columnSummaries[name].description,
      ...tells('summary', { shareable: [{}] }),
      fields: (t) => {
        const ofFunction = (name: FunctionName, { kind, ofNone, description }: Measuring) => {
          const options = { type: scalarNames[kind] as 'Float', nullable: ofNone === null, description };
          if (name !== 'percentile') {
            return t.field({ ...options, resolve: ({ summary, column }) => summary.value({ column, name }) as number });
          }
          return t.field({
            ...options,
            args: { at: t.arg.float({ required: true, description: 'The share, from 0 to 1; 0.5 is the median.' }) },
            resolve: ({ summary, column }, { at }) => summary.value(percentileOf(column, at)) as number,
          });
        };
        return Object.fromEntries(Array.from(functionsOf(name), ([fn, measuring]) => [fn, ofFunction(fn, measuring)]));
      },
    }),
  );

  /** The summary of rows of the view; its fields resolve through `Summary.value`. */
  return remembered((view: View) =>
    builder.objectRef<Summary>(`${view.type}Summary`).implement({
      description: `What rows of ${view.type} come to: name a column, then what you want to know of it.`,
      ...tells('summary'),
      fields: (t) => ({
        count: t.field({
          type: 'Int',
          nullable: false,
          description: 'How many rows there are.',
          resolve: (summary) => summary.value({ name: 'count' }) as number,
        }),
        ...Object.fromEntries(
          Array.from(summedColumns(view), ([field, { column, facts, summary: name }]) => [
            field,
            t.field({
              type: ofColumn(name),
              nullable: false,
              description: firstSentence(facts.description),
              ...personal(facts),
              resolve: (summary) => ({ summary, column }),
            }),
          ]),
        ),
      }),
    }),
  );
}

export type SummaryOf = ReturnType<typeof createSummaries>;

/** What the column is; of examples, and of when a row has none, the column itself tells. */
function firstSentence(description: string): string {
  const end = description.indexOf('. ');
  return end === -1 ? description : description.slice(0, end + 1);
}
