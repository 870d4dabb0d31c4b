import type { Graph } from '../schema/graph.ts';
import { isOwnOrganization } from '../schema/organization.ts';
import type { Caller, Scope } from '../src/scope.ts';

/** Who is asking, so that a client can tell "you may see nothing" from "there is nothing". */
export function callerResolvers({ builder, Organization }: Graph): void {
  const State = builder.enumType('CallerScopeState', {
    description: 'How much the caller may see.',
    values: {
      NONE: { description: 'No organisation: reference data only, and every list of people is empty.' },
      ORGANIZATIONS: { description: 'The rows of the organisations that are listed.' },
      UNRESTRICTED: { description: 'Every row: an internal service.' },
    } as const,
  });

  const CallerScope = builder.objectRef<Scope>('CallerScope').implement({
    description: 'Which rows the caller may see.',
    fields: (t) => ({
      state: t.field({ type: State, nullable: false, description: 'How much it is.', resolve: stateOf }),
      organizations: t.field({
        type: [Organization],
        nullable: { list: false, items: true },
        description: 'The organisations that the token carries. Empty for an unrestricted caller, who needs none.',
        resolve: (scope) => (scope.kind === 'organizations' ? scope.orgIds.map((id) => ({ id })) : []),
      }),
    }),
  });

  const CallerType = builder.objectRef<Caller>('Caller').implement({
    description: 'Whoever sent the request.',
    fields: (t) => ({
      subject: t.exposeString('subject', { nullable: false, description: 'The sub of the token.' }),
      scope: t.expose('scope', { type: CallerScope, nullable: false, description: 'What the token allows.' }),
    }),
  });

  builder.queryField('caller', (t) =>
    t.field({
      type: CallerType,
      description: 'Who is asking, and what she may see.',
      resolve: (_, __, context) => context.caller,
    }),
  );

  builder.queryField('organization', (t) =>
    t.field({
      type: Organization,
      description: 'The organisation with this id; null if it is not one of yours.',
      args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
      resolve: (_, { id }, context) => (isOwnOrganization(context.caller.scope, id) ? { id: id.toLowerCase() } : null),
    }),
  );
}

function stateOf(scope: Scope): 'NONE' | 'ORGANIZATIONS' | 'UNRESTRICTED' {
  if (scope.kind === 'unrestricted') return 'UNRESTRICTED';
  return scope.orgIds.length === 0 ? 'NONE' : 'ORGANIZATIONS';
}
