import { refusal, type Answer } from './answer.ts';
import { deepest, isTooDeep } from './body.ts';
import type { DocumentRequest } from './trustedDocuments.ts';

const tooDeep = refusal(400, 'BAD_USER_INPUT', {}, `A parameter nests more than ${deepest} levels deep.`);

/** The parameters of a GET that name a document, beside the text of all of them. */
interface SearchRequest extends DocumentRequest {
  readonly search: string;
}

export function readSearch(search: string): { value: SearchRequest } | { refused: Answer } {
  const parameters = new URLSearchParams(search);
  const [variables, extensions] = [parameters.get('variables'), parameters.get('extensions')];
  if (isTooDeep(variables ?? '') || isTooDeep(extensions ?? '')) return { refused: tooDeep };
  const [query, documentId] = [parameters.get('query'), parameters.get('documentId')];
  return {
    value: {
      search,
      ...(query !== null && { query }),
      ...(documentId !== null && { documentId }),
      ...(extensions !== null && { extensions: jsonOrText(extensions) }),
    },
  };
}

/** As it was sent, unless an id was replaced by its document. */
export function searchOf(body: unknown): string {
  const { search, query, extensions } = body as SearchRequest;
  const parameters = new URLSearchParams(search);
  if (!parameters.has('documentId') && !parameters.has('extensions')) return search;
  parameters.delete('documentId');
  parameters.delete('extensions');
  if (typeof query === 'string' && !parameters.has('query')) parameters.set('query', query);
  if (extensions !== undefined)
    parameters.set('extensions', typeof extensions === 'string' ? extensions : JSON.stringify(extensions));
  return parameters.toString();
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
