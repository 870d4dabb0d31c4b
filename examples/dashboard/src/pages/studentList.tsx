import { useState } from 'react';
import { graphql } from '../graph/documents/gql.ts';
import type {
  StudentPageFragment,
  StudentsByNameQuery,
  StudentsByNameQueryVariables,
} from '../graph/documents/graphql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Choice } from '../parts/choice.tsx';
import { DataTable } from '../parts/dataTable.tsx';
import { Link } from '../parts/link.tsx';
import { Pager, turnOf, type Turn } from '../parts/pager.tsx';
import { Part } from '../parts/part.tsx';
import { SearchBox } from '../parts/searchBox.tsx';
import { localDay, momentsOf, type Period } from '../period.ts';
import { studentPath, useKeptText, useParameter } from '../place.ts';
import { counted, day, duration, figure } from '../words.ts';

graphql(`
  fragment StudentPage on StudentConnection {
    totalCount
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    nodes {
      id
      name
      placements(first: 4) {
        nodes {
          id
          subject {
            id
            title
          }
          grade {
            id
            label
          }
        }
      }
      latest: sessions(first: 1) {
        nodes {
          id
          startTime
        }
      }
      sessions(first: 0, where: { startTime: { gte: $since, lt: $until } }) {
        summary {
          durationSec {
            sum
          }
        }
      }
      xp(first: 0, where: { date: { gte: $from, lte: $to } }) {
        summary {
          totalValue {
            sum
          }
        }
      }
    }
  }
`);

// What a list is ordered by is a part of the question, and each of the questions can be read, typed and trusted by itself.
const byName = graphql(`
  query StudentsByName(
    $school: ID!
    $search: String!
    $from: Date!
    $to: Date!
    $since: DateTime!
    $until: DateTime!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    school(id: $school) {
      id
      students(
        where: { name: { contains: $search } }
        orderBy: [{ name: ASC }]
        first: $first
        after: $after
        last: $last
        before: $before
      ) {
        ...StudentPage
      }
    }
  }
`);

const byFewestXp = graphql(`
  query StudentsByFewestXp(
    $school: ID!
    $search: String!
    $from: Date!
    $to: Date!
    $since: DateTime!
    $until: DateTime!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    school(id: $school) {
      id
      students(
        where: { name: { contains: $search } }
        orderBy: [{ xp: { where: { date: { gte: $from, lte: $to } }, summary: { totalValue: { sum: ASC } } } }]
        first: $first
        after: $after
        last: $last
        before: $before
      ) {
        ...StudentPage
      }
    }
  }
`);

const byMostXp = graphql(`
  query StudentsByMostXp(
    $school: ID!
    $search: String!
    $from: Date!
    $to: Date!
    $since: DateTime!
    $until: DateTime!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    school(id: $school) {
      id
      students(
        where: { name: { contains: $search } }
        orderBy: [{ xp: { where: { date: { gte: $from, lte: $to } }, summary: { totalValue: { sum: DESC } } } }]
        first: $first
        after: $after
        last: $last
        before: $before
      ) {
        ...StudentPage
      }
    }
  }
`);

const orders = { name: byName, fewestXp: byFewestXp, mostXp: byMostXp };
type Order = keyof typeof orders;
const pageSize = 20;

export interface StudentListProps {
  readonly schoolId: string;
  readonly period: Period;
}

export function StudentList({ schoolId, period }: StudentListProps) {
  const [search, setSearch] = useKeptText('search');
  const [chosen, setOrder] = useParameter('order');
  const order: Order = chosen === 'fewestXp' || chosen === 'mostXp' ? chosen : 'name';
  const [turn, setTurn] = useState<Turn>({});
  const answer = useAnswer<StudentsByNameQuery, StudentsByNameQueryVariables>(orders[order], {
    school: schoolId,
    search,
    ...period,
    ...momentsOf(period),
    ...turnOf(turn, pageSize),
  });
  const total = answer.data?.school?.students?.totalCount;
  return (
    <Part
      title={total == null ? 'Students' : counted(total, 'student', 'students')}
      className="wide"
      answer={answer}
      pick={(data) => data.school?.students}
      isEmpty={({ nodes }) => nodes.length === 0}
      empty={search === '' ? 'There are no students that you may see.' : 'No student is called like this.'}
      tools={
        <div className="bar">
          <SearchBox
            label="Search students"
            text={search}
            onSearch={(text) => {
              setSearch(text);
              setTurn({});
            }}
          />
          <Choice
            label="Order"
            options={[
              { value: 'name', name: 'By name' },
              { value: 'fewestXp', name: 'Fewest XP' },
              { value: 'mostXp', name: 'Most XP' },
            ]}
            chosen={order}
            onChoose={(value) => {
              setOrder(value === 'name' ? undefined : value);
              // A cursor says where to read on in one order; in another it leads nowhere.
              setTurn({});
            }}
          />
        </div>
      }
    >
      {({ nodes, pageInfo }) => (
        <>
          <DataTable
            caption="Students"
            rows={nodes.filter((student) => student !== null)}
            columns={[
              { name: 'Name', value: ({ id, name }) => <Link href={studentPath(schoolId, id)}>{name}</Link> },
              { name: 'Levels', value: ({ placements }) => levelsOf(placements?.nodes ?? []), isExtra: true },
              {
                name: 'Latest session',
                value: ({ latest }) => (latest?.nodes[0]?.startTime ? day(localDay(latest.nodes[0].startTime)) : '–'),
                isNumber: true,
                isExtra: true,
              },
              {
                name: 'Time in apps',
                value: ({ sessions }) => (sessions?.summary ? duration(sessions.summary.durationSec.sum) : '–'),
                isNumber: true,
              },
              {
                name: 'XP',
                value: ({ xp }) => (xp?.summary ? figure(xp.summary.totalValue.sum) : '–'),
                isNumber: true,
              },
            ]}
          />
          <Pager label="Pages of students" page={pageInfo} onTurn={setTurn} />
        </>
      )}
    </Part>
  );
}

type Student = NonNullable<StudentPageFragment['nodes'][number]>;

/** Mostly one level for all subjects; it is named once, then, and only what differs beside it. */
function levelsOf(placements: NonNullable<Student['placements']>['nodes']): string {
  const byLevel = Map.groupBy(
    placements.filter((placement) => placement?.grade),
    (placement) => placement?.grade?.label ?? '',
  );
  if (byLevel.size <= 1) return [...byLevel.keys()][0] ?? '–';
  return Array.from(byLevel, ([level, of]) => `${level} ${of.map((one) => one?.subject?.title).join(', ')}`).join(
    ' · ',
  );
}
