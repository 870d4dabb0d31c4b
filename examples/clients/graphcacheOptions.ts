import type { CacheExchangeOpts, Resolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { keyless } from './keyless.ts';
import { turned } from './turned.ts';

const turn = relayPagination();

/** Pages of whatever size become one list, and one that could not be read leaves those that are there. */
const pages: Resolver = (parent, args, cache, info) => {
  const whole = turn(parent, args, cache, info);
  if (whole !== undefined || !info.error) return whole;
  const { after: _after, before: _before, ...list } = args;
  return turn(parent, list, cache, info) ?? turn(parent, { ...list, after: null }, cache, info);
};

/** The options of urql's Graphcache, as the graph wants them. */
export const graphcacheOptions: CacheExchangeOpts = {
  keys: Object.fromEntries(keyless.map((type) => [type, () => null])),
  resolvers: Object.fromEntries(
    Object.entries(turned).map(([type, lists]) => [type, Object.fromEntries(lists.map((list) => [list, pages]))]),
  ),
};
