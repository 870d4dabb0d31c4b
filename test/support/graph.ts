import { parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { withEntities } from '../../schema/federation.ts';
import { createSubgraph, type SubgraphName } from '../../schema/subgraphs.ts';
import { aimContext, createContext } from '../../src/context.ts';
import { createExecutor } from '../../src/execution.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../../src/door.ts';
import type { Reported } from '../../src/door/reader.ts';
import { Patience } from '../../src/patience.ts';
import type { Caller, Scope } from '../../src/scope.ts';

export interface Answer extends ExecutionResult {
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data?: any;
  /** Every select that the answer took, flight by flight. */
  readonly flights: readonly (readonly string[])[];
}

interface RunOptions {
  readonly as?: Scope;
  readonly variables?: Record<string, unknown>;
  /** For whoever wants to know more of the selects than their texts. */
  readonly onFlight?: (statements: readonly Reported[]) => void;
}

export interface TestGraph {
  readonly schema: GraphQLSchema;
  readonly database: Database;
  run(query: string, options?: RunOptions): Promise<Answer>;
  close(): Promise<void>;
}

export const everything: Scope = { kind: 'unrestricted' };

export function organizations(...orgIds: string[]): Scope {
  return { kind: 'organizations', orgIds };
}

/** A schema knows nothing of its database, so one serves all that are opened. */
const schemas = new Map<string, GraphQLSchema>();

function schemaOf(name: SubgraphName, isFederated: boolean): GraphQLSchema {
  const key = isFederated ? `${name} with entities` : name;
  const known = schemas.get(key);
  if (known) return known;
  const made = isFederated ? withEntities(createSubgraph(name)) : createSubgraph(name);
  schemas.set(key, made);
  return made;
}

/** The graph over a database, asked without HTTP: schema, loaders and SQL as they are served. */
export async function openGraph(
  url: string,
  options: Partial<Pick<DatabaseOptions, 'schema' | 'poolSize' | 'prepared'>> & {
    subgraph?: SubgraphName;
    isFederated?: boolean;
  } = {},
): Promise<TestGraph> {
  const database = openDatabase({
    url,
    schema: options.schema ?? 'analytics_production',
    poolSize: options.poolSize ?? 4,
    poolWaitMs: 5_000,
    prepared: options.prepared ?? true,
    setting: { name: 'app.allowed_org_ids', format: 'csv', unrestrictedValue: '*' },
  });
  await database.learn();
  const schema = schemaOf(options.subgraph ?? 'timeback', options.isFederated ?? false);
  const carryOut = createExecutor(schema);
  return {
    schema,
    database,
    async run(query, { as = everything, variables, onFlight } = {}) {
      const document = parse(query);
      const mistakes = validate(schema, document);
      if (mistakes.length > 0) return { errors: mistakes, flights: [] };
      const flights: (readonly string[])[] = [];
      const caller: Caller = { subject: 'test', scope: as };
      const context = createContext(database, caller, {
        patience: new Patience(20_000),
        onFlight({ statements }) {
          flights.push(statements.map(({ statement }) => statement.text));
          onFlight?.(statements);
        },
      });
      aimContext(context, schema, document);
      const answer = await carryOut({ document, context, variables });
      return { ...answer, flights };
    },
    close: () => database.close(),
  };
}
