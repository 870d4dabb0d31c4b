import type { CacheExchangeOpts } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { keyless } from './keyless.ts';

/** The options of urql's Graphcache, as the graph wants them. Name the lists that your pages turn over under their types. */
export const graphcacheOptions: CacheExchangeOpts = {
  keys: Object.fromEntries(keyless.map((type) => [type, () => null])),
  resolvers: {
    // Pages of whatever size become one list. What is asked for with several sizes, and never turned over, stays out of here.
    Query: { students: relayPagination(), sessions: relayPagination() },
    Student: { sessions: relayPagination() },
  },
};
