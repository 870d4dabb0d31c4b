import { straysIn } from '../config/strays.ts';
import { UsageError, type Environment } from '../config/variables.ts';
import { version } from '../version.ts';
import { print, type Command } from './command.ts';

/** Loaded when it is run: `token` and `--help` need no graph. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['serve', async () => (await import('./serve.ts')).serve],
  ['token', async () => (await import('./token.ts')).token],
  ['sdl', async () => (await import('./sdl.ts')).sdl],
  ['check', async () => (await import('./check.ts')).check],
  ['database create', async () => (await import('./databaseCreate.ts')).databaseCreate],
]);

/** Runs the command that the arguments name, and resolves to its exit code. */
export async function run(args: readonly string[], environment: Environment): Promise<number> {
  if (args[0] === '--help' || args[0] === '-h') return overview();
  if (args[0] === '--version') {
    print(version);
    return 0;
  }
  const [name, rest] = commandOf(args);
  const load = commands.get(name);
  if (!load) throw new UsageError(`There is no command ${name}; timeback-graph --help lists them.`);
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    print(command.help);
    return 0;
  }
  for (const line of straysIn(environment)) process.stderr.write(`${line}\n`);
  return command.run(rest, environment);
}

/** Without a command, or with flags only: serve. */
function commandOf(args: readonly string[]): [string, readonly string[]] {
  const [first, second] = args;
  if (first === undefined || first.startsWith('-')) return ['serve', args];
  if (first !== 'database') return [first, args.slice(1)];
  if (second === '--help' || second === '-h') return ['database create', ['--help']];
  return [second === undefined ? first : `${first} ${second}`, args.slice(2)];
}

async function overview(): Promise<number> {
  const loaded = await Promise.all([...commands.values()].map((load) => load()));
  const lines = loaded.map(({ name, summary }) => `  ${name.padEnd(18)}${summary}`);
  const text = [
    'Usage: timeback-graph [command] [flags]',
    '',
    ...lines,
    '',
    'Every command has --help; --version says which release this is.',
  ];
  print(text.join('\n'));
  return 0;
}
