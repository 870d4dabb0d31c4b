import { InMemoryCache, type FieldMergeFunction, type FieldPolicy, type TypePolicies } from '@apollo/client/cache';
import { relayStylePagination } from '@apollo/client/utilities';
import { keyless, parts, possibleTypes } from './keyless.ts';
import { turned } from './turned.ts';

/** Pages of one list become one list; what the list holds depends on these arguments, and what a page shows on its size. */
const relayPages = relayStylePagination(['where', 'orderBy', 'asOf', 'first', 'last']);
const mergePages = relayPages.merge as FieldMergeFunction;

const pages: FieldPolicy = {
  ...relayPages,
  // A list that could not be read is null. Relay's pages would make an empty one of it, of which nothing else is known.
  merge: (existing, incoming, options) => (existing || incoming ? mergePages(existing, incoming, options) : null),
};

const keylessPolicies: TypePolicies = Object.fromEntries(keyless.map((type) => [type, { keyFields: false }]));

/** Two queries may ask one list for its rows and for their number, or one column for different figures. */
const partPolicies: TypePolicies = Object.fromEntries(parts.map((type) => [type, { keyFields: false, merge: true }]));

const pagePolicies: TypePolicies = Object.fromEntries(
  Object.entries(turned).map(([type, lists]) => [
    type,
    { fields: Object.fromEntries(lists.map((list) => [list, pages])) },
  ]),
);

/** The cache of Apollo Client, as the graph wants it. */
export function createApolloCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: { ...keylessPolicies, ...partPolicies, ...pagePolicies },
  });
}
