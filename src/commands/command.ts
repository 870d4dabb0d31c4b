import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError, type Environment } from '../config/variables.ts';

export interface Command {
  /** As it is typed, and what it is for, in one line. */
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  /** Resolves to the exit code. */
  run(args: readonly string[], environment: Environment): Promise<number>;
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The flags of a command, or a `UsageError` with the one line that says which of them is wrong. */
export function readFlags<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    // Node's own text goes on with advice about positional arguments, which are none of ours.
    throw new UsageError(text.split('. ')[0]?.replace(/\.?$/, '.') ?? 'A flag is wrong.');
  }
}

/**
 * Reads the environment with flags in place of the variables that mean the same. They are checked by the same rules, and what is
 * wrong with one is said of the flag that was typed.
 */
export function readWithFlags<T>(
  environment: Environment,
  flags: Readonly<Record<string, readonly [flag: string, value: string | undefined]>>,
  read: (environment: Environment) => T,
): T {
  const typed = Object.entries(flags).filter(([, [, value]]) => value !== undefined);
  try {
    return read({ ...environment, ...Object.fromEntries(typed.map(([variable, [, value]]) => [variable, value])) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const nameOf = new Map(typed.map(([variable, [flag]]) => [variable, flag]));
    throw new UsageError(error.message.replaceAll(/\b[A-Z][A-Z_]+\b/g, (name) => nameOf.get(name) ?? name));
  }
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
