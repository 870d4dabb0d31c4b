import type { IncomingMessage } from 'node:http';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { acceptedEncodings, notFound, type Answer } from './answer.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

export type StaticFiles = (name: string, request: IncomingMessage) => Promise<Answer>;

/** The files that are in the folder now. Only their names lead anywhere, so no path, however it is written, leaves the folder. */
export function createStaticFiles(folder: string, headers: Readonly<Record<string, string>>): StaticFiles {
  const names = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  return async (name, request) => {
    const type = types[extname(name)];
    if (type === undefined || !names.has(name)) return notFound;
    // What the build has compressed already, once and well, instead of at every visit.
    const isCompressed =
      names.has(`${name}.br`) && acceptedEncodings(request.headers['accept-encoding'] ?? '').has('br');
    return {
      status: 200,
      headers: {
        ...headers,
        'content-type': type,
        // The build writes a hash of the content into the names of everything but the page itself.
        'cache-control': name === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
        ...(isCompressed && { 'content-encoding': 'br' }),
      },
      body: await readFile(join(folder, isCompressed ? `${name}.br` : name)),
    };
  };
}
