import { Client, CombinedError, fetchExchange, mapExchange, type ClientOptions } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { graphcacheOptions } from './graphcacheOptions.ts';

/**
 * An error is told at the field where it happened, and Graphcache looks for it at the field that is null. Where it finds none, it
 * keeps the null as an answer, or takes the whole answer for incomplete.
 */
const errorsAtNulls = mapExchange({
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

/** urql's client with Graphcache, as the graph wants it. */
export function createUrqlClient(url: string, token: string, options: Pick<ClientOptions, 'fetch'> = {}): Client {
  return new Client({
    ...options,
    url,
    // By GET, what somebody searches for would stand in addresses and their logs. The graph refuses it.
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
    exchanges: [cacheExchange(graphcacheOptions), errorsAtNulls, fetchExchange],
  });
}
