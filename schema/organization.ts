import type { Scope } from '../src/scope.ts';
import type { Builder } from './builder.ts';

/** An organisation is known by its id alone: no view lists them, and what else there is of one is in Schools. */
export function createOrganization(builder: Builder) {
  return builder.objectRef<{ id: string }>('Organization').implement({
    description:
      'A school or a district, as far as it decides who may see what. Only organisations of your own scope are shown.',
    extensions: { directives: { key: [{ fields: 'id' }] } },
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: 'The id that scopes and orgIds carry.' }),
    }),
  });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** No view lists organisations, so what a scope names is what there is. */
export function isOwnOrganization(scope: Scope, id: string): boolean {
  return scope.kind === 'unrestricted' ? uuid.test(id) : scope.orgIds.includes(id.toLowerCase());
}
