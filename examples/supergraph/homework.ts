/**
 * A subgraph as another team would run it: it has rows of its own about students of whom it knows no more than the id. It was
 * written without a look at the graph beside it, and so it has a `StringFilter` and a `SortDirection` of its own.
 */
import { createPublicKey } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSchema, GraphQLError } from 'graphql';
import { jwtVerify } from 'jose';

const sdl = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

type Query {
  "What was set at the schools of the caller."
  assignments(title: StringFilter, due: SortDirection = UP): [Assignment!]!
}

"Something to be done at home."
type Assignment @key(fields: "id") {
  id: ID!
  title: String!
  "The day by which it is to be done."
  due: String!
  "Null where the caller may not see the student: homework cannot know, so it is the owner of Student who says so."
  student: Student
}

type Student @key(fields: "id") {
  id: ID!
  assignments: [Assignment!]!
}

input StringFilter {
  is: String
  endsWith: String
}

enum SortDirection {
  UP
  DOWN
}
`;

/** What every subgraph adds to be composed. It is no part of what it tells about itself. */
const federation = `
scalar _Any
union _Entity = Assignment | Student
type _Service { sdl: String! }
extend type Query {
  _service: _Service!
  _entities(representations: [_Any!]!): [_Entity]!
}
`;

interface Row {
  readonly id: string;
  readonly title: string;
  readonly due: string;
  readonly studentId: string;
  readonly school: string;
}

const juniper = 'c38d73bf-549c-56f9-af9a-4be059282b0c';
const maya = '3ee29c04-6797-558b-9435-fd9bc9fb304a';
/** She changed to another school, whose students the guides of Juniper may not see. Her homework is still here. */
const moved = '118b0976-3d52-5d1c-9744-63a4ab585109';
/** Nobody has her: a typing error of long ago. */
const unknown = '00000000-0000-4000-8000-000000000000';

const rows: readonly Row[] = [
  { id: '1', title: 'Halves and quarters', due: '2026-06-22', studentId: maya, school: juniper },
  { id: '2', title: 'A letter to the mayor', due: '2026-06-24', studentId: maya, school: juniper },
  { id: '3', title: 'Halves and quarters', due: '2026-05-11', studentId: moved, school: juniper },
  { id: '4', title: 'Leaves of ten trees', due: '2026-04-01', studentId: unknown, school: juniper },
];

interface HomeworkContext {
  readonly schools: readonly string[];
}

interface ListArguments {
  readonly title?: { readonly is?: string | null; readonly endsWith?: string | null } | null;
  readonly due?: 'UP' | 'DOWN' | null;
}

interface Reference {
  readonly __typename?: string;
  readonly id?: string;
}

const studentOf = (id: string) => ({
  __typename: 'Student',
  id,
  assignments: (_: unknown, context: HomeworkContext) => visible(context, (row) => row.studentId === id),
});

const assignmentOf = (row: Row) => ({ ...row, __typename: 'Assignment', student: studentOf(row.studentId) });

function visible({ schools }: HomeworkContext, isAsked: (row: Row) => boolean) {
  return rows.filter((row) => schools.includes(row.school) && isAsked(row)).map(assignmentOf);
}

const rootValue = {
  assignments({ title, due }: ListArguments, context: HomeworkContext) {
    const found = visible(
      context,
      (row) => row.title === (title?.is ?? row.title) && row.title.endsWith(title?.endsWith ?? ''),
    );
    return found.toSorted((a, b) => (due === 'DOWN' ? -1 : 1) * a.due.localeCompare(b.due));
  },
  _service: { sdl },
  _entities({ representations }: { representations: readonly Reference[] }, context: HomeworkContext) {
    return representations.map(({ __typename: type, id }) => {
      if (id === undefined) return null;
      // Whether there is such a student is not ours to say.
      return type === 'Student' ? studentOf(id) : (visible(context, (row) => row.id === id)[0] ?? null);
    });
  },
};

export interface HomeworkOptions {
  /** Who signs the tokens of callers. Homework trusts no gateway: it looks at the token itself. */
  readonly publicKey: string;
  readonly issuer: string;
  readonly audience: string;
}

export async function startHomework({ publicKey, issuer, audience }: HomeworkOptions) {
  const key = createPublicKey(publicKey);
  const server = new ApolloServer<HomeworkContext>({
    schema: buildSchema(sdl + federation, { assumeValidSDL: true }),
    rootValue,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => {
      const token = req.headers.authorization?.replace(/^Bearer /i, '') ?? '';
      try {
        const { payload } = await jwtVerify(token, key, { issuer, audience });
        return { schools: Array.isArray(payload['org_ids']) ? (payload['org_ids'] as string[]) : [] };
      } catch (cause) {
        const extensions = { code: 'UNAUTHENTICATED', http: { status: 401 } };
        throw new GraphQLError('A valid token is needed.', { extensions, originalError: cause as Error });
      }
    },
  });
  return { url, stop: () => server.stop() };
}
