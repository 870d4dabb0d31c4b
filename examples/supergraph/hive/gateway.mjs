/**
 * `node gateway.mjs supergraph.graphql`: the supergraph behind the Guild's gateway. It has packages of its own, of other versions
 * than the graph's, and so a folder of its own; `npm install` in it comes first.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

const gateway = createGatewayRuntime({
  supergraph: readFileSync(process.argv[2], 'utf8'),
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') ?? undefined }),
  },
  logging: false,
});

const server = createServer(gateway);
server.listen(Number(process.env.PORT ?? 4000), '127.0.0.1', () => {
  console.log(`The supergraph answers at http://127.0.0.1:${server.address().port}/graphql`);
});
process.once('SIGTERM', () => process.exit(0));
