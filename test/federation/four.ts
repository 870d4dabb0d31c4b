import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { expect } from 'vitest';
import { printSubgraph } from '../../schema/federation.ts';
import { createSubgraph, domains } from '../../schema/subgraphs.ts';
import type { Domain } from '../../schema/view.ts';

export const four = domains.map((name: string) => ({
  name,
  url: `http://${name}.timeback.example/graphql`,
  typeDefs: parse(printSubgraph(createSubgraph(name as Domain))),
}));

/** What a gateway loads, made of the code: the committed file may be of before, and is written in the same run. */
export function composed(services: typeof four): string {
  const { supergraphSdl, errors } = composeServices(services);
  expect(errors).toBeUndefined();
  return supergraphSdl!;
}
