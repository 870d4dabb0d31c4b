/** The arguments of groups: what is grouped by, which groups, and in what order. */
import { pageSize } from '../loaders/span.ts';
import type { Builder } from './builder.ts';
import type { Calendar } from './calendar.ts';
import { dimensionsOf, timesOf } from './dimensions.ts';
import type { Inputs } from './inputs.ts';
import { remembered } from './remembered.ts';
import type { View } from './view.ts';

export function createGroupInputs(builder: Builder, inputs: Inputs, { timeUnit, weekStart, fill }: Calendar) {
  function bucketOf(view: View) {
    const field = builder.enumType(`${view.type}TimeField`, {
      description: `The times of ${view.type}, or of a row that it leads to.`,
      values: [...timesOf(view).keys()],
    });
    return builder.inputType(`${view.type}Bucket`, {
      description: 'Buckets of time, at most one kind of them.',
      fields: (t) => ({
        of: t.field({ type: field, required: true, description: 'The time that decides.' }),
        unit: t.field({ type: timeUnit, required: true, description: 'How long a bucket is.' }),
        zone: t.string({
          description: 'Whose clocks decide, such as America/Chicago. Moments need it, days take none.',
        }),
        weekStart: t.field({ type: weekStart, defaultValue: 'MONDAY', description: 'Where a week begins.' }),
        fill: t.field({
          type: fill,
          description: `Shows buckets without rows, too, between the two ends that the filter sets: ${pageSize.most} at most.`,
        }),
      }),
    });
  }

  return remembered((view: View) => {
    const dimension = builder.enumType(`${view.type}Dimension`, {
      description: `What rows of ${view.type} can share, themselves or in a row that they lead to.`,
      values: [...dimensionsOf(view).keys()],
    });
    const order = builder.inputType(`${view.type}GroupOrder`, {
      description: `What groups of ${view.type} are ordered by: exactly one of key, bucket and summary.`,
      fields: (t) => ({
        key: t.field({ type: dimension, description: 'By one of the keys.' }),
        bucket: t.field({ type: inputs.direction, description: 'By time.' }),
        summary: t.field({ type: inputs.summaryOrder(view), description: 'By what they come to.' }),
        direction: t.field({ type: inputs.direction, description: 'Goes with key; upwards unless said.' }),
      }),
    });
    return builder.args((t) => ({
      by: t.field({ type: [dimension], defaultValue: [], description: 'What the rows of a group share.' }),
      bucket: t.field({ type: bucketOf(view), description: 'The stretch of time that they share.' }),
      having: t.field({ type: inputs.summaryFilter(view), description: 'Which groups, by what they come to.' }),
      orderBy: t.field({
        type: [order],
        description: 'The first key first. Unless said: by time or, without buckets, the largest first.',
      }),
      first: t.int({ defaultValue: pageSize.usual, description: `How many groups: ${pageSize.most} at most.` }),
    }));
  });
}
