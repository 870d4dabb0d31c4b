import type { Where } from '../loaders/sql/logic.ts';
import type { InputBuilder, Ref } from './builder.ts';

/** What every filter has beside its own fields. */
export function connectives(t: InputBuilder, self: Ref<Where>) {
  return {
    and: t.field({ type: [self], description: 'All of these hold. True of an empty list.' }),
    or: t.field({ type: [self], description: 'At least one of these holds. False of an empty list.' }),
    not: t.field({ type: self, description: 'This does not hold: exactly the rows that it leaves out.' }),
  };
}
