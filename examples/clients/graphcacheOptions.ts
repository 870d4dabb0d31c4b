import type { CacheExchangeOpts } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { keyless, summaries } from './keyless.ts';

/** Connections, edges and summaries are no entities either: they live in the list that they speak of. */
const lists = ['Session', 'Student', 'Attempt', 'LearningApp'].flatMap((type) => [
  `${type}Connection`,
  `${type}Edge`,
  `${type}Summary`,
]);

/** The options of urql's Graphcache, as the graph wants them. Name the lists that your pages turn over under their types. */
export const graphcacheOptions: CacheExchangeOpts = {
  keys: Object.fromEntries([...keyless, ...summaries, ...lists].map((type) => [type, () => null])),
  resolvers: {
    Query: { students: relayPagination(), sessions: relayPagination() },
    Student: { sessions: relayPagination() },
  },
};
