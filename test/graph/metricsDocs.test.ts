import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caveats } from '../../schema/metrics/caveats.ts';
import { metrics, viewsOf, type MetricFacts } from '../../schema/metrics/declared.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');

/** The cells of the table under a heading. */
function tableUnder(heading: string): string[][] {
  const section = text.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const additions = { all: 'periods and students', students: 'students', never: 'no' };

test('every metric is documented as it is declared', () => {
  const declared = (metrics as readonly MetricFacts[]).map((metric) => [
    `\`${metric.name}\``,
    metric.definition,
    metric.unit,
    metric.grain,
    additions[metric.adds],
    viewsOf(metric)
      .map((view) => `\`${view}\``)
      .join(', '),
  ]);
  expect(tableUnder('The metrics')).toEqual(declared);
});

test('every caveat is documented in its own words', () => {
  expect(tableUnder('Caveats')).toEqual(caveats.map(({ code, message }) => [`\`${code}\``, message]));
});
