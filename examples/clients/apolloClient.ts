import { ApolloClient, HttpLink } from '@apollo/client';
import { createApolloCache } from './apolloCache.ts';

/** Apollo Client takes a default only where it is declared, and from then on types every answer by it. */
declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface Query {
        errorPolicy: 'all';
      }
      interface WatchQuery {
        errorPolicy: 'all';
      }
    }
  }
}

/** Apollo Client, as the graph wants it: what stands beside a field that could not be read is good, and is kept. */
export function createApolloClient(
  url: string,
  token: string,
  options: Pick<HttpLink.Options, 'fetch'> = {},
): ApolloClient {
  return new ApolloClient({
    cache: createApolloCache(),
    link: new HttpLink({ ...options, uri: url, headers: { authorization: `Bearer ${token}` } }),
    defaultOptions: { query: { errorPolicy: 'all' }, watchQuery: { errorPolicy: 'all' } },
  });
}
