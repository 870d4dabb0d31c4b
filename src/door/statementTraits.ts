import { createHash } from 'node:crypto';

interface Traits {
  /** Made of the text, so that it means the same on every connection; empty for one that is not to be prepared. */
  readonly name: string;
  readonly needsOnePlan: boolean;
}

/** Of all remembered texts together: a filter may make one of a hundred thousand. */
const rememberedCharacters = 4_000_000;

/** What follows from the text of a statement alone. The memory of it is bounded. */
export function statementTraits(prepared: boolean): (text: string) => Traits {
  const known = new Map<string, Traits>();
  let characters = 0;
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    characters += text.length;
    if (characters > rememberedCharacters) {
      known.clear();
      characters = text.length;
    }
    const name =
      prepared && !needsItsValues(text) ? `t_${createHash('sha256').update(text).digest('hex').slice(0, 32)}` : '';
    const traits = { name, needsOnePlan: needsOnePlan(text) };
    known.set(text, traits);
    return traits;
  };
}

/**
 * Keys and the size of a page are all that is put into it. Then one plan serves whatever they are, and PostgreSQL, who prefers to
 * know a limit, would plan anew each time: 2 ms for a view whose page is read in one.
 */
function needsOnePlan(text: string): boolean {
  return !needsItsValues(text) && !/\$\d+::(?!int\b|\w+\[\])/.test(text);
}

/** A long list is written into it by `cast`. Were it prepared, PostgreSQL would settle for one plan after the fifth. */
function needsItsValues(text: string): boolean {
  return /\bcast\(\$\d+ as /.test(text);
}
