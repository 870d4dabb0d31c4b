import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { refusal, type Answer } from './answer.ts';

/** Filters nest; 32 levels are more than any of them needs, and recursion over them stays shallow. */
export const deepest = 32;

const noJson = refusal(400, 'BAD_USER_INPUT', {}, 'The body is not JSON in UTF-8.');
const tooDeep = refusal(400, 'BAD_USER_INPUT', {}, `The body nests more than ${deepest} levels deep.`);
const tooLarge = refusal(413, 'BAD_USER_INPUT', {}, 'The body is larger than the limit allows.');
const unsupported = refusal(
  415,
  'BAD_USER_INPUT',
  { accept: 'application/json' },
  'Send JSON in UTF-8, not compressed, with the header "content-type: application/json".',
);

/** The body of a POST that says that it is JSON, or the answer that refuses it. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<{ bytes: Buffer } | { refused: Answer }> {
  if (!isJson(request.headers['content-type']) || request.headers['content-encoding'] !== undefined) {
    return { refused: unsupported };
  }
  const bytes = await readBytes(request, limit);
  return bytes === 'too large' ? { refused: tooLarge } : { bytes };
}

/** The JSON of a body, or the answer that refuses it. */
export function jsonOf(bytes: Buffer): { value: unknown } | { refused: Answer } {
  if (!isUtf8(bytes)) return { refused: noJson };
  const text = bytes.toString('utf8');
  if (isTooDeep(text)) return { refused: tooDeep };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { refused: noJson };
  }
}

/** JSON, in UTF-8 if it says so at all: other character sets have been a way around checks of the bytes. */
function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((piece) => piece.trim());
  return (
    type === 'application/json' &&
    parameters.every((parameter) => !parameter.startsWith('charset') || /^charset="?utf-?8"?$/.test(parameter))
  );
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer | 'too large'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve('too large');
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const take = (piece: Buffer) => {
      size += piece.length;
      pieces.push(piece);
      if (size <= limit) return;
      // The rest is read and dropped: a client that is cut off while it sends does not see the answer.
      request.off('data', take).resume();
      pieces.length = 0;
      resolve('too large');
    };
    request.on('data', take);
    request.on('end', () => resolve(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)));
    request.on('error', reject);
    // Every request closes in the end, and an error takes its time to note where it was made.
    request.on('close', () => {
      if (!request.complete) reject(new Error('The client went away.'));
    });
  });
}

/** Counted in the text: JSON.parse would build a hundred thousand levels without complaint. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 92) index++;
      else if (code === 34) inString = false;
    } else if (code === 34) {
      inString = true;
    } else if (code === 91 || code === 123) {
      depth++;
      if (depth > deepest) return true;
    } else if (code === 93 || code === 125) {
      depth--;
    }
  }
  return false;
}
