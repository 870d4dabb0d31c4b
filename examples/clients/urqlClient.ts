import { Client, fetchExchange, type ClientOptions } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { errorsAtNulls } from './errorsAtNulls.ts';
import { graphcacheOptions } from './graphcacheOptions.ts';

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
