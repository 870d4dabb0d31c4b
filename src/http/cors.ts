import { plainAnswer, type Answer } from './answer.ts';

const exposed = 'x-request-id, retry-after';
const preflightHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'authorization, content-type, x-request-id, traceparent, apollo-require-preflight, x-apollo-operation-name',
  'access-control-max-age': '600',
};

export interface Cors {
  headersFor(origin: string | undefined): Readonly<Record<string, string>>;
  preflight(origin: string | undefined): Answer;
}

/** Exact origins only, and no credentials: the token travels in a header that a page has to know. */
export function createCors(origins: readonly string[]): Cors {
  const allowed = new Map(
    origins.map((origin) => [
      origin,
      { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed },
    ]),
  );
  const headersFor = (origin: string | undefined) => (origin === undefined ? undefined : allowed.get(origin)) ?? {};
  return {
    headersFor,
    preflight: (origin) =>
      plainAnswer(204, '', origin !== undefined && allowed.has(origin) ? preflightHeaders : { allow: 'GET, POST' }),
  };
}
