import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { UsageError } from '../config/variables.ts';
import type { Answer } from './answer.ts';
import { refusal } from './answer.ts';

/** The manifests that the two common generators write: hash to document, or a list of operations. */
const manifest = z.union([
  z.object({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
  }),
  z.record(z.string().min(1), z.string().min(1)),
]);

/** The parts of a GraphQL request that say which document is meant; the others pass by untouched. */
export interface DocumentRequest {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

export interface TrustedDocuments {
  /** The request with its document written out, or the answer that refuses it. */
  resolve<R extends DocumentRequest>(request: R): { readonly request: R } | { readonly refused: Answer };
}

const notFound = refusal(200, 'PERSISTED_QUERY_NOT_FOUND');
const notTrusted = refusal(400, 'DOCUMENT_NOT_TRUSTED');

/** To be called before anything is made or opened: a manifest that cannot be used ends the program. */
export function readTrustedDocuments({ path, only }: Config['trustedDocuments']): TrustedDocuments {
  return createTrustedDocuments(path === undefined ? new Map() : readManifest(path), only);
}

/**
 * Documents that were agreed on beforehand, asked for by their id.
 *
 * The ids of a generator hash its own normal form of a document, so they cannot be checked against the text that is sent, and
 * Apollo Server, which would check them, never sees them.
 */
export function createTrustedDocuments(documents: ReadonlyMap<string, string>, only: boolean): TrustedDocuments {
  const texts = new Set(documents.values());
  return {
    resolve(request) {
      const { documentId, ...rest } = request;
      const id = documentId ?? persistedHash(request.extensions);
      const sent = typeof request.query === 'string' && request.query !== '' ? request.query : undefined;
      if (id === undefined)
        return only && !(sent !== undefined && texts.has(sent)) ? { refused: notTrusted } : { request };
      const known = typeof id === 'string' ? documents.get(id) : undefined;
      if (sent === undefined && known === undefined) return { refused: notFound };
      // A text beside an id is a client that would like to register it. It is answered as the text that it is.
      const query = sent ?? known;
      if (only && !texts.has(query!)) return { refused: notTrusted };
      const { extensions, ...others } = rest as typeof rest & { extensions?: unknown };
      const kept = withoutHash(extensions);
      return { request: { ...others, query, ...(kept && { extensions: kept }) } as unknown as typeof request };
    },
  };
}

function persistedHash(extensions: unknown): unknown {
  const persisted = property(extensions, 'persistedQuery');
  return persisted === undefined ? undefined : (property(persisted, 'sha256Hash') ?? '');
}

/** Apollo Server refuses an empty `extensions` key, and a hash that it did not make. */
function withoutHash(extensions: unknown): object | undefined {
  if (typeof extensions !== 'object' || extensions === null) return undefined;
  const kept = Object.fromEntries(Object.entries(extensions).filter(([name]) => name !== 'persistedQuery'));
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** Reads a manifest at start, so that a broken one is found before the first client meets it. */
export function readManifest(path: string): ReadonlyMap<string, string> {
  const documents = new Map<string, string>();
  for (const [id, body] of entriesOf(path)) {
    try {
      parse(body);
    } catch {
      throw new UsageError(`TRUSTED_DOCUMENTS: the document ${id} of ${path} is not GraphQL.`);
    }
    documents.set(id, body);
    // Some clients send the bare hash of an id that the generator wrote with its algorithm.
    if (id.startsWith('sha256:')) documents.set(id.slice('sha256:'.length), body);
  }
  return documents;
}

function entriesOf(path: string): readonly (readonly [string, string])[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`TRUSTED_DOCUMENTS must be the path of a readable JSON file; ${path} is none.`);
  }
  const result = manifest.safeParse(content);
  if (!result.success) {
    throw new UsageError(
      `TRUSTED_DOCUMENTS must be a manifest: documents by their hash, or Apollo's persisted query manifest; ${path} is neither.`,
    );
  }
  const { data } = result;
  if (isApollo(data)) return data.operations.map(({ id, body }) => [id, body] as const);
  return Object.entries(data);
}

interface ApolloManifest {
  readonly operations: readonly { readonly id: string; readonly body: string }[];
}

function isApollo(data: z.output<typeof manifest>): data is Extract<typeof data, ApolloManifest> {
  return Array.isArray(data['operations']);
}
