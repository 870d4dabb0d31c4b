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
