import type { GraphiQLProps } from 'graphiql';
import { GraphQLError } from 'graphql';
import { noteExplanation, type Explanation, type Outcome } from './explanation.ts';

/** What goes with every question: who asks, in which tab, and whether she wants to see the statements that it takes. */
export const asking = { token: '', tab: '', wantsExplanation: false };

interface Answer {
  readonly data?: { readonly __schema?: IntrospectedSchema } | null;
  readonly extensions?: { readonly explain?: Explanation };
}

interface IntrospectedSchema {
  readonly types: readonly { readonly name: string; readonly fields: readonly { readonly name: string }[] | null }[];
}

/** A server that starts anew is away for a moment; what its proxy says meanwhile is no JSON. */
const away = { errors: [new GraphQLError('The graph cannot be reached. Is it running? Ask again in a moment.')] };

export const ask: GraphiQLProps['fetcher'] = async (question) => {
  const { wantsExplanation, token, tab } = asking;
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(wantsExplanation && { 'x-explain': '1' }),
    },
    body: JSON.stringify(question),
  }).catch(() => undefined);
  const body: unknown = await response?.json().catch(() => undefined);
  if (!response || body === undefined) return away;
  const { extensions, ...answer } = body as Answer;
  if (answer.data?.__schema) return { ...answer, data: { __schema: withoutFederation(answer.data.__schema) } };
  // The panel shows it better than the answer would.
  if (wantsExplanation)
    noteExplanation(tab, { outcome: outcomeOf(answer, response), explanation: extensions?.explain });
  return answer;
};

/** Data may be null where a part of it could not be read; where there is none at all, only time or a fault came after the start. */
function outcomeOf({ data }: Answer, { status }: Response): Outcome {
  if (data !== undefined) return 'answered';
  return status === 500 || status === 504 ? 'given up' : 'refused';
}

/** What only gateways ask for would stand first in the docs. Two underscores are GraphQL's own. */
function withoutFederation(schema: IntrospectedSchema): IntrospectedSchema {
  const isShown = ({ name }: { readonly name: string }) => !/^_(?!_)/.test(name);
  const types = schema.types.filter(isShown).map((type) => ({ ...type, fields: type.fields?.filter(isShown) ?? null }));
  return { ...schema, types };
}
