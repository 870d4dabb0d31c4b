import type { CacheExchangeOpts } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { keyless } from './keyless.ts';

/** Connections and edges are no entities either: they live in the list that they are a page of. */
const lists = ['Session', 'Student', 'Attempt', 'LearningApp'].flatMap((type) => [`${type}Connection`, `${type}Edge`]);

/** The options of urql's Graphcache, as the graph wants them. Name the lists that your pages turn over under their types. */
export const graphcacheOptions: CacheExchangeOpts = {
  keys: Object.fromEntries([...keyless, ...lists].map((type) => [type, () => null])),
  resolvers: {
    Query: { students: relayPagination(), sessions: relayPagination() },
    Student: { sessions: relayPagination() },
  },
};
