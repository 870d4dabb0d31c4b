/**
 * What a document may ask for, checked before any SQL: first its shape, before validation, then what it could read.
 *
 * Both answers belong to the document and a few numbers among its variables, so both are remembered, and a document that
 * has been seen costs a look-up.
 */
import { createHash } from 'node:crypto';
import { GraphQLError, parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { Failure } from './failures.ts';
import { compile, ownOrganizations, type Compiled } from './limits/parts.ts';
import { repeatsIn } from './limits/repeats.ts';
import { shapeOf } from './limits/shape.ts';
import type { LoadKind, Variables } from './limits/load.ts';
import { Weighing } from './limits/weigh.ts';

export interface LimitsOptions {
  /** Off: everything is let through, and only told. */
  readonly isEnforced: boolean;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly fields: number;
  readonly repeats: number;
  readonly page: number;
  readonly nodes: number;
  readonly cost: number;
  readonly values: number;
  readonly conditions: number;
}

export interface Excess {
  readonly limit: string;
  readonly measured: number;
  readonly allowed: number;
  readonly refusal: Failure;
}

export interface Inspected {
  /** SHA-256 of the text: which document it was, in logs that must not hold its text. */
  readonly hash: string;
  readonly excess: Excess | undefined;
}

export interface Limits {
  readonly isEnforced: boolean;
  /** The shape of a document, from its text. */
  inspect(text: string): Inspected;
  /** What a valid operation could read with these variables, for a caller of so many organisations. */
  weigh(...asked: AskedOf): Excess | undefined;
  /** The same in figures, for those who would like to know how far away the limits are. */
  price(...asked: AskedOf): Price;
}

type AskedOf = [
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  organizations?: number,
];

/** What an operation could come to, and what is allowed. */
export type Price = Readonly<Record<LoadKind, { readonly asked: number; readonly allowed: number }>>;

/** Of all remembered documents together: their texts can be padded with comments. */
const rememberedCharacters = 4_000_000;

/** Of all operations together, in characters of what they are known by. A refusal takes as much as two thousand, with its text. */
const rememberedVerdicts = 20_000_000;
const charactersOfVerdict = 2_000;

export function createLimits(schema: GraphQLSchema, options: LimitsOptions): Limits {
  const inspected = new Map<string, Inspected>();
  let characters = 0;
  const operations = new WeakMap<OperationDefinitionNode, Compiled>();
  const compiledOf = (document: DocumentNode, operation: OperationDefinitionNode): Compiled => {
    const known = operations.get(operation);
    const compiled = known ?? compile(schema, document, operation);
    if (!known) operations.set(operation, compiled);
    return compiled;
  };
  let verdicts = new WeakMap<OperationDefinitionNode, Map<string, Excess | undefined>>();
  let verdictCharacters = 0;
  const remember = (operation: OperationDefinitionNode, key: string, verdict: Excess | undefined): void => {
    verdictCharacters += key.length + charactersOfVerdict;
    if (verdictCharacters > rememberedVerdicts) {
      verdicts = new WeakMap();
      verdictCharacters = key.length + charactersOfVerdict;
    }
    const known = verdicts.get(operation);
    if (known) known.set(key, verdict);
    else verdicts.set(operation, new Map([[key, verdict]]));
  };
  return {
    isEnforced: options.isEnforced,
    inspect(text) {
      const known = inspected.get(text);
      if (known) return known;
      const hash = createHash('sha256').update(text).digest('hex');
      const found = { hash, excess: excessOfShape(text, options) };
      characters += text.length;
      if (characters > rememberedCharacters) {
        inspected.clear();
        characters = text.length;
      }
      inspected.set(text, found);
      return found;
    },
    weigh(document, operation, variables, organizations) {
      const compiled = compiledOf(document, operation);
      const all = withOrganizations(compiled, variables, organizations);
      const key = verdictKey(compiled, all);
      const known = verdicts.get(operation);
      if (known?.has(key)) return known.get(key);
      const verdict = excessOfWeight(new Weighing(compiled, all), options);
      remember(operation, key, verdict);
      return verdict;
    },
    price(document, operation, variables, organizations) {
      const compiled = compiledOf(document, operation);
      const { load } = new Weighing(compiled, withOrganizations(compiled, variables, organizations));
      const priceOf = (measure: LoadKind) => ({ asked: load[measure], allowed: options[measure] });
      return { nodes: priceOf('nodes'), cost: priceOf('cost'), values: priceOf('values') };
    },
  };
}

/** The variables, and the number of organisations among them, if somebody asks for those. */
function withOrganizations(compiled: Compiled, variables: Variables, organizations: number | undefined): Variables {
  if (!compiled.variables.includes(ownOrganizations)) return variables;
  return { ...variables, [ownOrganizations]: organizations };
}

function verdictKey(compiled: Compiled, variables: Variables): string {
  const counts = compiled.counts.map((count) => count(variables));
  return [...compiled.variables.map((name) => keyOf(variables[name])), ...counts].join();
}

function keyOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? String(value) : '';
}

const tooComplex = (message: string) => new Failure('QUERY_TOO_COMPLEX', message);
const figures = new Intl.NumberFormat('en');

type LimitWords = readonly [limit: string, verb: string, what: string];

const shapeLimits = [
  ['depth', 'nests fields', 'levels deep'],
  ['aliases', 'has', 'aliases once its fragments are written out'],
  ['aliasLetters', 'has an alias of', 'letters'],
  ['rootFields', 'asks for', 'root fields'],
  ['directives', 'has', 'directives once its fragments are written out'],
  ['fields', 'has', 'fields once its fragments are written out'],
  ['introspections', 'reads the whole schema', 'times'],
  ['cycles', 'has', 'fragments that lead back to themselves'],
] as const satisfies readonly LimitWords[];

function excessOfShape(text: string, options: LimitsOptions): Excess | undefined {
  const document = parsed(text, options.tokens);
  if (document === 'too long')
    return excessOf(['tokens', 'has at least', 'tokens'], options.tokens + 1, options.tokens);
  // Not GraphQL at all: whoever parses it next says where.
  if (!document) return undefined;
  const shape = shapeOf(document);
  const allowed = { ...options, aliasLetters: 100, introspections: 2, cycles: 0 };
  for (const words of shapeLimits) {
    const [limit] = words;
    if (shape[limit] > allowed[limit]) return excessOf(words, shape[limit], allowed[limit]);
  }
  const repeats = repeatsIn(document);
  if (repeats <= options.repeats) return undefined;
  return excessOf(['repeats', 'asks for one field', 'times at the same place'], repeats, options.repeats);
}

function excessOf([limit, verb, what]: LimitWords, measured: number, allowed: number): Excess {
  const text = `The document ${verb} ${figures.format(measured)} ${what}; ${figures.format(allowed)} are allowed.`;
  return { limit, measured, allowed, refusal: tooComplex(text) };
}

function parsed(text: string, maxTokens: number): DocumentNode | 'too long' | undefined {
  try {
    return parse(text, { maxTokens, noLocation: true });
  } catch (error) {
    return error instanceof GraphQLError && /more tha[nt] \d+ tokens/.test(error.message) ? 'too long' : undefined;
  }
}

const units: Readonly<Record<LoadKind, string>> = { nodes: 'objects', cost: 'points of cost', values: 'values' };

function excessOfWeight(weighing: Weighing, options: LimitsOptions): Excess | undefined {
  const { page, conditions } = weighing;
  if (page.size > options.page) {
    const text = `${page.path} asks for more than ${figures.format(options.page)} items at once.`;
    const refusal = new Failure('BAD_USER_INPUT', text);
    return { limit: 'page', measured: page.size, allowed: options.page, refusal };
  }
  if (conditions.all > options.conditions) {
    const { all, most } = conditions;
    const refusal = tooComplex(
      `The filters and orders of the document come to ${figures.format(all)} conditions; ${figures.format(options.conditions)} are ` +
        `allowed. The longest, ${figures.format(most.size)}, is at ${most.path}. A condition on other rows counts 20, and more ` +
        'the deeper it lies; a list of values counts one.',
    );
    return { limit: 'conditions', measured: all, allowed: options.conditions, refusal };
  }
  for (const measure of ['nodes', 'cost', 'values'] as const) {
    const [measured, allowed] = [weighing.load[measure], options[measure]];
    if (measured <= allowed) continue;
    const { path, share, fits } = weighing.heaviest(measure, allowed);
    const advice = fits ? `It would fit with first: ${fits.first} at ${fits.path}.` : 'No page size would make it fit.';
    const refusal = tooComplex(
      `The document could read ${figures.format(measured)} ${units[measure]}; ${figures.format(allowed)} are allowed. ` +
        `Most of them, ${figures.format(share)}, are in ${path}. ${advice}`,
    );
    return { limit: measure, measured, allowed, refusal };
  }
  return undefined;
}
