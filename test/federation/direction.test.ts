import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { createSubgraph } from '../../schema/subgraphs.ts';
import type { Domain } from '../../schema/view.ts';
import { views } from '../../schema/views/index.ts';

// A new arrow between domains is a conscious act. Edges only: filters and orders are made of the whole catalogue everywhere.

const mayLeadTo: Readonly<Record<Domain, readonly Domain[]>> = {
  curriculum: [],
  students: ['curriculum'],
  sessions: ['curriculum', 'students'],
  insights: ['curriculum', 'students', 'sessions'],
};
const domainOf = new Map(views.map(({ type, domain }) => [type, domain]));

it.each(Object.entries(mayLeadTo) as [Domain, Domain[]][])('%s leads to %j and itself', (domain, others) => {
  const types = Object.values(createSubgraph(domain).getTypeMap()).filter(
    (type) => isObjectType(type) || isInterfaceType(type),
  );
  const reached = types.flatMap((type) => [
    // A type that is only given fields here, too.
    { at: type.name, to: type.name },
    ...Object.values(type.getFields()).map((field) => ({
      at: `${type.name}.${field.name}`,
      to: getNamedType(field.type).name,
    })),
  ]);
  const found = reached.map(({ at, to }) => ({ at, to: domainOf.get(to) })).filter(({ to }) => to !== undefined);
  expect(found.filter(({ to }) => to !== domain && !others.includes(to!))).toEqual([]);
  expect(new Set(found.map(({ to }) => to))).toEqual(new Set([domain, ...others]));
});
