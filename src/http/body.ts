import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { overloaded, refusal, type Answer } from './answer.ts';

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

/** A body that has not come in to its end. */
interface Coming {
  bytes: number;
  readonly giveUp: () => void;
}

/** About as much as may wait in line. */
const leastRoom = 64 * 1_024 * 1_024;

/** Reads the body of a POST that says that it is JSON, or gives the answer that refuses it. */
export type ReadBody = (request: IncomingMessage) => Promise<{ bytes: Buffer } | { refused: Answer }>;

/**
 * Whoever sends bodies on thousands of connections and ends none of them would fill the memory. When what has come in of all of
 * them is too much, the oldest are given up: others come in within a moment.
 */
export function createBodies(limit: number): ReadBody {
  const most = Math.max(leastRoom, 16 * limit);
  // In the order in which they came.
  const coming = new Set<Coming>();
  let bytes = 0;
  const forget = (one: Coming) => {
    if (coming.delete(one)) bytes -= one.bytes;
  };

  function read(request: IncomingMessage): Promise<{ bytes: Buffer } | { refused: Answer }> {
    if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ refused: tooLarge });
    return new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      // The rest is read and dropped: a client that is cut off while it sends does not see the answer.
      const refuse = (refused: Answer) => {
        forget(one);
        request.off('data', take).resume();
        pieces.length = 0;
        resolve({ refused });
      };
      const one: Coming = { bytes: 0, giveUp: () => refuse(overloaded) };
      const take = (piece: Buffer) => {
        pieces.push(piece);
        one.bytes += piece.length;
        bytes += piece.length;
        if (one.bytes > limit) refuse(tooLarge);
        for (const oldest of coming) {
          if (bytes <= most) break;
          oldest.giveUp();
        }
      };
      coming.add(one);
      request.on('data', take);
      request.on('end', () => {
        forget(one);
        resolve({ bytes: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces) });
      });
      request.on('error', reject);
      // Every request closes in the end, and an error takes its time to note where it was made.
      request.on('close', () => {
        forget(one);
        if (!request.complete) reject(new Error('The client went away.'));
      });
    });
  }

  return async (request) => {
    if (!isJson(request.headers['content-type']) || request.headers['content-encoding'] !== undefined) {
      return { refused: unsupported };
    }
    return read(request);
  };
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

/** Counted in the text: JSON.parse would build a hundred thousand levels without complaint. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34) {
      index = endOfString(text, index);
    } else if (code === 91 || code === 123) {
      depth++;
      if (depth > deepest) return true;
    } else if (code === 93 || code === 125) {
      depth--;
    }
  }
  return false;
}

/** Where the string ends that begins at this quote. Most of a body is strings, and the engine looks for a quote faster than we do. */
function endOfString(text: string, begin: number): number {
  let end = begin;
  do {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
  } while (isEscaped(text, end));
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === 92) first--;
  return (at - first) % 2 === 1;
}
