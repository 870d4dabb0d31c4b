/** What a flight puts onto the wire: its scope, and its statements with their names and in their order. */
import type { Scope } from '../scope.ts';
import { encode, type Outcome, type Sent, type Statement } from './flight.ts';
import { statementTraits } from './statementTraits.ts';

export type Wire = ReturnType<typeof createWire>;

export interface WireOptions {
  /** Off behind a pooler that lends connections by transaction: it would hand our names to somebody else's connection. */
  readonly prepared: boolean;
  readonly setting: Setting;
  /** Where names of the statements are looked up. */
  readonly searchPath: () => string;
}

interface Setting {
  readonly name: string;
  readonly format: 'csv' | 'array';
  readonly unrestrictedValue: string;
}

/**
 * `num_nulls`, because `set_config` answers with what it has set, and a scope may be long. Numbers have all of their digits, also those of a
 * role that is content with 15: a cursor would else stand beside the row that it was made of. Here alone names are looked up where the role
 * looks, so each says where it is.
 */
const scopeText = `select pg_catalog.num_nulls(
  pg_catalog.set_config('search_path', $5, true),
  pg_catalog.set_config('transaction_read_only', 'on', true),
  pg_catalog.set_config('TimeZone', 'UTC', true),
  pg_catalog.set_config('DateStyle', 'ISO, YMD', true),
  pg_catalog.set_config('extra_float_digits', '3', true),
  pg_catalog.set_config('jit', 'off', true),
  pg_catalog.set_config('enable_parallel_append', 'off', true),
  pg_catalog.set_config('statement_timeout', $1, true),
  pg_catalog.set_config($2, $3, true),
  pg_catalog.set_config('plan_cache_mode', $4, true))`;

const planForValuesText = `select set_config('plan_cache_mode', 'auto', true)`;

export function createWire({ prepared, setting, searchPath }: WireOptions) {
  const traitsOf = statementTraits(prepared);
  const settingOf = settingTexts(setting);

  /** From then on PostgreSQL plans for the values of each statement, if it thinks that this is better. */
  const planForValues: Sent = { name: traitsOf(planForValuesText).name, text: planForValuesText, values: [] };

  function hasOnePlan({ text, isKeyed = false }: Statement): boolean {
    return prepared && (isKeyed || traitsOf(text).needsOnePlan);
  }

  /** What goes onto the wire: the scope first, then the statements, of which those with one plan stand in front. */
  function written(scope: Scope, statements: readonly Statement[], deadline: number): readonly Sent[] {
    let isOnePlan = statements.length > 0 && hasOnePlan(statements[0]!);
    const left = deadline - performance.now();
    // A little before we give the flight up, so that PostgreSQL says which statement it is, and hands over what came before.
    const timeoutMs = Math.max(1, Math.ceil(left - Math.min(50, left / 10)));
    const planning = isOnePlan ? 'force_generic_plan' : 'auto';
    const values = [String(timeoutMs), setting.name, settingOf(scope), planning, searchPath()];
    const sent: Sent[] = [{ name: traitsOf(scopeText).name, text: scopeText, values }];
    for (const statement of statements) {
      if (isOnePlan && !hasOnePlan(statement)) {
        isOnePlan = false;
        sent.push(planForValues);
      }
      const { text, values, isNameless } = statement;
      sent.push({ name: isNameless ? '' : traitsOf(text).name, text, values: values.map(encode) });
    }
    return sent;
  }

  return {
    settingOf,
    /** Those with one plan first: how PostgreSQL plans is then switched once, behind them. */
    inOrder<T extends { readonly statement: Statement }>(waiting: readonly T[]): readonly T[] {
      if (waiting.length === 1) return waiting;
      const [once, anew]: [T[], T[]] = [[], []];
      for (const one of waiting) (hasOnePlan(one.statement) ? once : anew).push(one);
      return [...once, ...anew];
    },
    written,
    /** The outcome of the scope, and one for each of the statements. */
    outcomesOf(sent: readonly Sent[], outcomes: readonly Outcome[]): readonly Outcome[] {
      return outcomes.filter((_, index) => sent[index] !== planForValues);
    },
  };
}

/** The text of a scope is made once: a caller is remembered with it, and every flight carries it. */
function settingTexts(setting: Setting): (scope: Scope) => string {
  const texts = new WeakMap<Scope, string>();
  return (scope) => {
    const known = texts.get(scope);
    if (known !== undefined) return known;
    const text = settingValue(scope, setting);
    texts.set(scope, text);
    return text;
  };
}

function settingValue(scope: Scope, setting: Setting): string {
  if (scope.kind === 'unrestricted') return setting.unrestrictedValue;
  // Whichever order a token has them in: scopes are equal where their texts are.
  const list = scope.orgIds.toSorted().join(',');
  return setting.format === 'array' && list !== '' ? `{${list}}` : list;
}
