import { InMemoryCache, type TypePolicies } from '@apollo/client/cache';
import { relayStylePagination } from '@apollo/client/utilities';
import { keyless, parts, possibleTypes } from './keyless.ts';

/** Pages of one list become one list; what the list holds depends on these arguments, and what a page shows on its size. */
const pages = relayStylePagination(['where', 'orderBy', 'asOf', 'first', 'last']);

const keylessPolicies: TypePolicies = Object.fromEntries(keyless.map((type) => [type, { keyFields: false }]));

/** Two queries may ask one list for its rows and for their number, or one column for different figures. */
const partPolicies: TypePolicies = Object.fromEntries(parts.map((type) => [type, { keyFields: false, merge: true }]));

/** The cache of Apollo Client, as the graph wants it. Name the lists that your pages turn over under their types. */
export function createApolloCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      ...keylessPolicies,
      ...partPolicies,
      Query: { fields: { students: pages, sessions: pages } },
      Student: { fields: { sessions: pages } },
    },
  });
}
