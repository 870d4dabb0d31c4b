import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import {
  ApolloGateway,
  IntrospectAndCompose,
  RemoteGraphQLDataSource,
  type GraphQLDataSourceProcessOptions,
} from '@apollo/gateway';
import { GraphQLError } from 'graphql';
import { domains } from '../../schema/subgraphs.ts';
import { startHomework, type HomeworkOptions } from './homework.ts';
import { startSubgraph } from './subgraph.ts';

interface GatewayContext {
  readonly authorization?: string | undefined;
}

const failed = 'A subgraph failed.';

/** Hands the caller's token on: each subgraph decides by itself what this caller may see. */
export class AsCaller extends RemoteGraphQLDataSource<GatewayContext> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<GatewayContext>): void {
    if (context.authorization !== undefined) request.http?.headers.set('authorization', context.authorization);
  }

  /** The inherited one tells clients the address of the subgraph, and drops the code that it answered with. */
  override async errorFromResponse(response: Parameters<RemoteGraphQLDataSource['errorFromResponse']>[0]) {
    const body = (await this.parseBody(response)) as { errors?: { message: string; extensions?: { code?: string } }[] };
    const [first] = body.errors ?? [];
    const code = first?.extensions?.code ?? 'INTERNAL';
    return new GraphQLError(first?.message ?? failed, { extensions: { code } });
  }

  /** Of a subgraph that is away, or that sends no JSON, the words of the network hold the address, too. */
  override didEncounterError(error: Error): void {
    throw error instanceof GraphQLError ? error : new GraphQLError(failed, { extensions: { code: 'INTERNAL' } });
  }
}

export interface SupergraphOptions {
  readonly port: number;
  /** For the four: where their database is and who signs the tokens, as for `timeback-graph serve`. */
  readonly environment: NodeJS.ProcessEnv;
  readonly homework: HomeworkOptions;
  /** Also a gateway has to say who it is before it is told a schema; a caller of no organisation is enough. */
  readonly token: string;
}

export async function startSupergraph({ port, environment, homework, token }: SupergraphOptions) {
  const started: { readonly name: string; readonly url: string; stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const running of started.toReversed()) await running.stop();
  };
  try {
    const starting = [
      startHomework(homework).then((running) => started.push({ ...running, name: 'homework' })),
      ...domains.map(async (name) => started.push({ ...(await startSubgraph(name, environment)), name })),
    ];
    const failure = (await Promise.allSettled(starting)).find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason as Error;
    const gateway = new ApolloGateway({
      // In production a supergraph is composed before it is deployed, and checked like any other build.
      supergraphSdl: new IntrospectAndCompose({
        subgraphs: started.map(({ name, url }) => ({ name, url: new URL('/graphql', url).href })),
        introspectionHeaders: { authorization: `Bearer ${token}` },
      }),
      buildService: ({ url }) => new AsCaller({ url: url! }),
      logger: { ...console, debug() {}, info() {} },
    });
    const server = new ApolloServer<GatewayContext>({
      gateway,
      introspection: true,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
    });
    const { url } = await startStandaloneServer(server, {
      listen: { port, host: '127.0.0.1' },
      context: async ({ req }) => ({ authorization: req.headers.authorization }),
    });
    started.push({ name: 'gateway', url, stop: () => server.stop() });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
