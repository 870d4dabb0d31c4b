import { cacheExchange } from '@urql/exchange-graphcache';
import { Client, fetchExchange, mapExchange } from 'urql';
import { errorsAtNulls } from '../../../clients/errorsAtNulls.ts';
import { keyless } from './keyless.ts';
import { codesOf } from './trouble.ts';

/** One caller, one client, one cache: what somebody else saw at this screen is gone with her client. */
export function createGraphClient(token: string, onRefused: () => void): Client {
  return new Client({
    url: new URL('/graphql', location.href).href,
    // A name that somebody searches for does not belong into an address, where logs would keep it.
    preferGetMethod: false,
    fetchOptions: () => ({ headers: { authorization: `Bearer ${token}` } }),
    exchanges: [
      mapExchange({
        onError: (error) => {
          if (codesOf(error).includes('UNAUTHENTICATED')) onRefused();
        },
      }),
      cacheExchange({ keys: Object.fromEntries(keyless.map((type) => [type, () => null])) }),
      errorsAtNulls,
      fetchExchange,
    ],
  });
}
