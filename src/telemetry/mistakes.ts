import type { Environment } from '../config/variables.ts';

const samplers: readonly string[] = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
];

const isHttpUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const isShare = (text: string) => /^(0?\.\d+|[01](\.0*)?)$/.test(text);

/** Those that decide where traces go and how many, with the words for what OpenTelemetry uses instead. */
const variables: readonly (readonly [name: string, isUsable: (text: string) => boolean, what: string])[] = [
  [
    'OTEL_TRACES_SAMPLER',
    (text) => samplers.includes(text),
    `is none of ${samplers.join(', ')}: all requests are traced`,
  ],
  ['OTEL_TRACES_SAMPLER_ARG', isShare, 'is no number from 0 to 1: where a share is asked for, all requests are traced'],
  ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'].map(
    (name) => [name, isHttpUrl, 'is no http:// or https:// URL: traces do not go there'] as const,
  ),
];

/** A line for each variable of OpenTelemetry that it would pass over without a word. Never the value: a URL may hold a secret. */
export function mistakesIn(environment: Environment): readonly string[] {
  return variables.flatMap(([name, isUsable, what]) => {
    const text = environment[name]?.trim() ?? '';
    return text === '' || isUsable(text) ? [] : [`${name} ${what}.`];
  });
}
