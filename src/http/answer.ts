import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { textOf } from '../errors.ts';

/** What goes back: the body as text or bytes, and the headers that are its own. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** The error code of a refusal, for the log. It is sent in the media type that the client would rather have. */
  readonly code?: string;
}

const json = 'application/json; charset=utf-8';
const graphqlResponse = 'application/graphql-response+json';

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': json, ...headers }, body: JSON.stringify(value) };
}

/** A refusal before there was a document: the same bytes for everybody who is refused with this code. */
export function refusal(
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
  message = textOf(code),
): Answer {
  return { ...jsonAnswer(status, { errors: [{ message, extensions: { code } }] }, headers), code };
}

/**
 * What Apollo Server makes of the header for its own answers: clients of `application/graphql-response+json` read a refusal in
 * another type as one of somebody on the way, and throw its code away.
 */
export function refusalType(accept: string | undefined): string {
  if (accept === undefined) return json;
  const weights = new Map<string, number>();
  for (const range of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice('q='.length)));
  }
  const ofResponse = weights.get(graphqlResponse) ?? 0;
  const ofJson = weights.get('application/json') ?? weights.get('application/*') ?? weights.get('*/*') ?? 0;
  // Of two that are as welcome, the one that is named, and of two that are, the first.
  const first = [...weights.keys()].find((name) => name === graphqlResponse || name === 'application/json');
  const isPreferred = ofResponse > ofJson || (ofResponse > 0 && ofResponse === ofJson && first === graphqlResponse);
  return isPreferred ? `${graphqlResponse}; charset=utf-8` : json;
}

/** The same for a path that nobody has and for one that is not for whoever asks. */
export const notFound = refusal(404, 'BAD_USER_INPUT', {}, 'There is nothing at this path. The graph is at /graphql.');

export const overloaded = refusal(503, 'OVERLOADED', { 'retry-after': '1' });

export const plainAnswer = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
});

/** Rows about children belong into no cache on the way, and into no frame, sniffer or referrer. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  vary: 'Authorization, Accept, Accept-Encoding, Origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

/** Below this, compressing costs more than it saves. */
const worthCompressing = 1_024;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** The body as the client wants it, and the name of its encoding if there is one. */
export async function encodeBody(
  body: string | Buffer,
  acceptEncoding: string | undefined,
): Promise<{ content: string | Buffer; encoding?: 'br' | 'gzip' }> {
  // A short text goes out in one piece with its headers.
  if (typeof body === 'string' && body.length < worthCompressing) return { content: body };
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  if (acceptEncoding === undefined || bytes.length < worthCompressing) return { content: bytes };
  const accepted = acceptedEncodings(acceptEncoding);
  if (accepted.has('br')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return { content: await brotli(bytes, { params }), encoding: 'br' };
  }
  if (accepted.has('gzip')) return { content: await zip(bytes, { level: 5 }), encoding: 'gzip' };
  return { content: bytes };
}

export function acceptedEncodings(header: string): ReadonlySet<string> {
  const accepted = new Set<string>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    // `br;q=0` says: anything but this.
    if (!parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))) accepted.add(name);
  }
  return accepted;
}
