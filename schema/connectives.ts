import type { InputRef } from '@pothos/core';
import type { Where } from '../loaders/logic.ts';
import type { Builder } from './builder.ts';

type InputBuilder = Parameters<Parameters<Builder['inputType']>[1]['fields']>[0];

/** What every filter has beside its own fields. */
export function connectives(t: InputBuilder, self: InputRef<Where>) {
  return {
    and: t.field({ type: [self], description: 'All of these hold. True of an empty list.' }),
    or: t.field({ type: [self], description: 'At least one of these holds. False of an empty list.' }),
    not: t.field({ type: self, description: 'This does not hold: exactly the rows that it leaves out.' }),
  };
}
