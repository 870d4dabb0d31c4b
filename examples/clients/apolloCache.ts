import { InMemoryCache, type TypePolicies } from '@apollo/client/cache';
import { relayStylePagination } from '@apollo/client/utilities';
import { keyless, possibleTypes, summaries } from './keyless.ts';

/** Pages of one list become one list; what the list holds depends on these arguments. */
const pages = relayStylePagination(['where', 'orderBy', 'asOf']);

const keylessPolicies: TypePolicies = Object.fromEntries(keyless.map((type) => [type, { keyFields: false }]));

/** Two queries may ask for different figures of one column. */
const summaryPolicies: TypePolicies = Object.fromEntries(summaries.map((type) => [type, { merge: true }]));

/** The cache of Apollo Client, as the graph wants it. Name the lists that your pages turn over under their types. */
export function createApolloCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      ...keylessPolicies,
      ...summaryPolicies,
      // Two queries may ask one list for different things, such as its rows and their number.
      SessionConnection: { merge: true },
      SessionSummary: { merge: true },
      StudentConnection: { merge: true },
      Query: { fields: { students: pages, sessions: pages } },
      Student: { fields: { sessions: pages } },
    },
  });
}
