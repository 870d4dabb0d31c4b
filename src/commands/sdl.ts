import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { printSubgraph } from '../../schema/federation.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { readVariables, UsageError } from '../config/variables.ts';
import { root } from '../root.ts';
import { print, readFlags, readWithFlags, type Command } from './command.ts';

const help = `Usage: timeback-graph sdl [--subgraph NAME] [--api] [--supergraph]

Prints the schema of a subgraph, with the directives that composition needs.

  --subgraph NAME   timeback (all of it), students, sessions, insights or curriculum
  --api             as clients see it, without those directives
  --supergraph      of the four subgraphs composed, as a gateway loads it`;

export const sdl: Command = {
  name: 'sdl',
  summary: 'prints the schema',
  help,
  async run(args, environment) {
    const flags = readFlags(args, {
      subgraph: { type: 'string' },
      api: { type: 'boolean', default: false },
      supergraph: { type: 'boolean', default: false },
    });
    if (flags.supergraph) {
      if (flags.api || flags.subgraph !== undefined) throw new UsageError('--supergraph goes with no other flag.');
      // Composed by the tests, which hold it against the four; composing it here would need a composer in production.
      print((await readFile(join(root, 'schema', 'sdl', 'supergraph.graphql'), 'utf8')).trimEnd());
      return 0;
    }
    const chosen = { SUBGRAPH: ['--subgraph', flags.subgraph] } as const;
    const { SUBGRAPH: name = 'timeback' } = readWithFlags(environment, chosen, readVariables);
    const schema = createSubgraph(name);
    print((flags.api ? printSchema(lexicographicSortSchema(schema)) : printSubgraph(schema)).trimEnd());
    return 0;
  },
};
