/**
 * What is asked. A workload is a folder of `workloads/` with the same question in three languages: `ours.graphql`,
 * `postgraphile.graphql` and `limit.sql`. Here stands who asks it, and with which values.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../src/root.ts';
import { volumeId } from '../src/database/data/ids.ts';
import type { Width } from './callers.ts';

export const servers = ['ours', 'limit', 'postgraphile'] as const;
export type ServerName = (typeof servers)[number];

type Variables = Readonly<Record<string, unknown>>;

export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly folder: string;
  readonly width: Width;
  /** What is asked in turn; of PostGraphile in other words, where it has other names. */
  readonly variables: readonly Variables[];
  readonly postgraphileVariables?: readonly Variables[];
  /** What PostgreSQL is given as $1, $2 and so on. */
  readonly values?: readonly Variables[];
  /** PostGraphile's data in the shape of ours, where names alone do not do it. */
  readonly read?: (data: never) => unknown;
  /** Only at so many connections, whichever were asked for. */
  readonly connections?: number;
  /** How many times as long as the others: of what takes half a second, too few are counted otherwise. */
  readonly patience?: number;
}

const none: readonly Variables[] = [{}];
// Students of the first schools, whom callers of twenty schools see.
const studentIds = Array.from({ length: 200 }, (_, n) => volumeId('student', 180 * Math.floor(n / 10) + (n % 10) + 1));
const oneByOne = studentIds.slice(0, 100).map((id) => ({ id }));
const courses = Array.from({ length: 20 }, (_, n) => ({ id: volumeId('course', n + 1) }));

const newest = (width: Width, schools: string, withOrgs: boolean): Workload => ({
  name: `g ${width}${withOrgs ? ' orgIds' : ''}`,
  title: `the 50 newest sessions, caller of ${schools}${withOrgs ? ', with orgIds' : ''}`,
  folder: withOrgs ? 'gOrgs' : 'g',
  width,
  variables: none,
  connections: 16,
});

interface Grouped {
  readonly sessions: {
    readonly groups: readonly {
      readonly keys: readonly [string | null, string];
      readonly sum: { readonly durationSec: unknown };
      readonly max: { readonly durationSec: unknown };
    }[];
  };
}

const nodesOfGroups = ({ sessions }: Grouped) => ({
  sessions: {
    groups: {
      nodes: sessions.groups.map(({ keys: [learningAppId, week], sum, max }) => ({
        key: { learningAppId, bucket: { start: new Date(week).toISOString() } },
        summary: { durationSec: { sum: sum.durationSec, max: max.durationSec } },
      })),
    },
  },
});

interface WithWaste {
  readonly students: {
    readonly nodes: readonly {
      readonly sessions: { readonly nodes: readonly { readonly waste: { readonly nodes: readonly unknown[] } }[] };
    }[];
  };
}

/** What is to one is a list of at most one there. */
const onlyWaste = ({ students }: WithWaste) => ({
  students: {
    nodes: students.nodes.map((student) => ({
      ...student,
      sessions: {
        nodes: student.sessions.nodes.map(({ waste, ...rest }) => ({ ...rest, waste: waste.nodes[0] ?? null })),
      },
    })),
  },
});

/** The same, asked by people of whom no two have the same organisations: nobody's flight answers anybody else. */
const apart = (workload: Workload): Workload => ({
  ...workload,
  name: `${workload.name} apart`,
  title: `${workload.title}, asked by people of whom no two have the same organisations`,
  width: 'apart',
  connections: 16,
});

const ofOneScope: readonly Workload[] = [
  { name: 'a', title: 'one student by id', folder: 'a', width: 'twenty', variables: oneByOne },
  {
    name: 'b',
    title: '50 students, the last 10 sessions of each, their app, waste and waste insights',
    folder: 'b',
    width: 'twenty',
    variables: none,
    read: onlyWaste,
  },
  { name: 'c', title: '100 students, flat', folder: 'c', width: 'twenty', variables: none },
  { name: 'd', title: '1,000 sessions, 8 columns, one page', folder: 'd', width: 'twenty', variables: none },
  {
    name: 'e',
    title: 'a course, its units, their tests, their questions',
    folder: 'e',
    width: 'twenty',
    variables: courses,
  },
  {
    name: 'f',
    title: '_entities: 200 students with their last session',
    folder: 'f',
    width: 'twenty',
    variables: [{ representations: studentIds.map((id) => ({ __typename: 'Student', id })) }],
    postgraphileVariables: [{ ids: studentIds }],
    values: [{ ids: studentIds }],
  },
];

export const workloads: readonly Workload[] = [
  ...ofOneScope,
  ...ofOneScope.map(apart),
  newest('one', '1 school', false),
  newest('twenty', '20 schools', false),
  newest('all', 'all 180 schools', false),
  newest('one', '1 school', true),
  newest('twenty', '20 schools', true),
  newest('all', 'all 180 schools', true),
  {
    name: 'h',
    title: 'twelve weeks by app and week: how long, and the longest',
    folder: 'h',
    width: 'twenty',
    // The first Monday of the data set.
    variables: [{ from: '2026-08-17T00:00:00Z', to: '2026-11-09T00:00:00Z' }],
    read: nodesOfGroups,
    connections: 1,
    patience: 4,
  },
];

export interface Asked {
  readonly path: string;
  readonly body: string;
}

/** The requests of a workload, as one of the servers wants them. */
export function requestsOf(workload: Workload, server: ServerName): readonly Asked[] {
  const { folder, variables, postgraphileVariables = variables, values = variables } = workload;
  if (server === 'limit')
    return values.map((one) => ({ path: `/${folder}`, body: JSON.stringify({ variables: one }) }));
  const query = readFileSync(join(root, 'bench', 'workloads', folder, `${server}.graphql`), 'utf8');
  const asked = server === 'ours' ? variables : postgraphileVariables;
  return asked.map((one) => ({ path: '/graphql', body: JSON.stringify({ query, variables: one }) }));
}
