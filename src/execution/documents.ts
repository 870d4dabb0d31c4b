/**
 * Documents that were parsed and found valid, for those who ask the same again.
 *
 * The store that Apollo Server has of its own goes by the JSON of a document. In that there is neither its text, to which every node
 * leads back, nor its tokens, comments among them: a field behind 120 kB of comments is half a kilobyte there, and six megabytes here.
 */
import { visit, type DocumentNode, type Location } from 'graphql';

/** Of a text, as many characters take as much memory as a node. */
const charactersOfNode = 200;

/** What is remembered of each besides, such as what it may cost and how it is carried out, takes as much memory as so many. */
const nodesBesides = 13;

/** Of all documents together. A node takes a fifth of a kilobyte. */
const mostNodes = 500_000;

/** How much a document holds, in nodes. */
export function weightOf(document: DocumentNode): number {
  let nodes = 0;
  visit(document, { enter: () => void (nodes += 1) });
  return nodes + Math.ceil((document.loc?.source.body.length ?? 0) / charactersOfNode);
}

interface Held {
  readonly document: DocumentNode;
  readonly weight: number;
}

/** Those go first that nobody has asked for longest. */
export function createDocuments() {
  const known = new Map<string, Held>();
  let nodes = 0;
  const forget = (key: string): boolean => {
    nodes -= known.get(key)?.weight ?? 0;
    return known.delete(key);
  };
  return {
    async get(key: string): Promise<DocumentNode | undefined> {
      const found = known.get(key);
      if (!found) return undefined;
      known.delete(key);
      known.set(key, found);
      return found.document;
    },
    async set(key: string, document: DocumentNode): Promise<void> {
      dropTokens(document);
      forget(key);
      const weight = nodesBesides + weightOf(document);
      known.set(key, { document, weight });
      nodes += weight;
      for (const oldest of known.keys()) {
        if (nodes <= mostNodes) return;
        forget(oldest);
      }
    },
    delete: async (key: string) => forget(key),
  };
}

/** Where a node stands is known by its numbers. The tokens lead from one to the next through the whole text. */
function dropTokens(document: DocumentNode): void {
  visit(document, {
    enter({ loc }) {
      if (loc) Object.assign(loc, { startToken: undefined, endToken: undefined } satisfies Tokens);
    },
  });
}

type Tokens = { readonly [Name in keyof Pick<Location, 'startToken' | 'endToken'>]: undefined };
