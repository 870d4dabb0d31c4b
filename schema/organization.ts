import type { Scope } from '../src/scope.ts';
import { isUuid } from '../src/uuid.ts';
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

/** No view lists organisations, so what a scope names is what there is. */
export function isOwnOrganization(scope: Scope, id: string): boolean {
  return scope.kind === 'unrestricted' ? isUuid(id) : scope.orgIds.includes(id.toLowerCase());
}
