import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** Of a type with more, the documentation is the better list. */
const mostNames = 16;

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });
const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** How a value of that type is written, which its name alone does not say; of a scalar, it does. */
export function valuesOf(schema: GraphQLSchema, type: string): string {
  const named = schema.getType(type.replaceAll(/[![\]]/g, ''));
  if (isEnumType(named)) return `: ${either.format(named.getValues().map(({ name }) => name))}`;
  if (!isInputObjectType(named)) return '';
  const names = Object.keys(named.getFields());
  return `: an object${names.length > mostNames ? '' : ` with ${either.format(names)}`}`;
}

/** What there is where a field is not: the rows of a list are one step further in, and so is what is asked of them. */
export function fieldsOf(schema: GraphQLSchema, type: string): string {
  const named = schema.getType(type);
  const hasFields = isObjectType(named) || isInterfaceType(named) || isInputObjectType(named);
  const names = hasFields ? Object.keys(named.getFields()) : [];
  return names.length === 0 || names.length > mostNames ? '' : ` It has ${all.format(names)}.`;
}
