import { CombinedError, mapExchange } from '@urql/core';

/**
 * An error is told at the field where it happened, and Graphcache looks for it at the field that is null. Where it finds none, it
 * keeps the null as an answer, or takes the whole answer for incomplete.
 */
export const errorsAtNulls = mapExchange({
  onResult({ error, ...result }) {
    if (!error || error.networkError) return undefined;
    const graphQLErrors = error.graphQLErrors.map(({ message, path, extensions }) => ({
      message,
      extensions,
      ...(path && { path: upToNull(path, result.data) }),
    }));
    return {
      ...result,
      error: new CombinedError({ graphQLErrors, response: error.response }),
    };
  },
});

function upToNull(path: readonly (string | number)[], data: unknown): readonly (string | number)[] {
  let place = data;
  const last = path.findIndex((step) => {
    place = (place as Record<string | number, unknown> | null | undefined)?.[step];
    return place === null;
  });
  return last === -1 ? path : path.slice(0, last + 1);
}
