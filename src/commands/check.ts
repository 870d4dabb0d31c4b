import { views } from '../../schema/views/index.ts';
import { checkDatabase } from '../check.ts';
import type { Finding } from '../check/finding.ts';
import { readDatabaseConfig } from '../config.ts';
import { UsageError } from '../config/variables.ts';
import { print, readFlags, readWithFlags, type Command } from './command.ts';

const help = `Usage: timeback-graph check [--json] [--url URL] [--schema NAME]

Holds the database of DATABASE_URL against the catalogue: views, columns, their types, the scope column, whether
views hide their rows from a caller without organisations, and the keys that are promised to be unique.
Ends with 1 where they differ.

  --json            findings as JSON
  --url URL         another database than DATABASE_URL
  --schema NAME     another schema than DATABASE_SCHEMA`;

export const check: Command = {
  name: 'check',
  summary: 'holds a live database against the catalogue',
  help,
  async run(args, environment) {
    const flags = readFlags(args, {
      json: { type: 'boolean', default: false },
      url: { type: 'string' },
      schema: { type: 'string' },
    });
    const { url, schema, setting } = readWithFlags(
      environment,
      { DATABASE_URL: ['--url', flags.url], DATABASE_SCHEMA: ['--schema', flags.schema] },
      readDatabaseConfig,
    );
    if (url === undefined) throw new UsageError('DATABASE_URL or --url is needed: the database to check.');
    const findings = await checkDatabase({ url, schema, setting });
    const differs = findings.some(({ severity }) => severity === 'error');
    if (flags.json) print(JSON.stringify({ ok: !differs, schema, findings }, null, 2));
    else print(tableOf(findings, schema));
    return differs ? 1 : 0;
  },
};

function tableOf(findings: readonly Finding[], schema: string): string {
  if (findings.length === 0) return `${schema}: the ${views.length} views are as the catalogue says.`;
  const rows = findings.map(({ severity, kind, view = '', column, message }) => [
    severity,
    kind,
    column === undefined ? view : `${view}.${column}`,
    message,
  ]);
  const heads = ['', 'difference', 'where', 'what'];
  const widths = [0, 1, 2].map((at) => Math.max(...[heads, ...rows].map((row) => row[at]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const count = (severity: Finding['severity']) => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return `${found} ${severity}${found === 1 ? '' : 's'}`;
  };
  return [line(heads), ...rows.map(line), '', `${schema}: ${count('error')}, ${count('warning')}.`].join('\n');
}
