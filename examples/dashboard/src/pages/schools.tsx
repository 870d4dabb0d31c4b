import { useState } from 'react';
import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { DataTable } from '../parts/dataTable.tsx';
import { Link } from '../parts/link.tsx';
import { Pager, turnOf, type Turn } from '../parts/pager.tsx';
import { Part } from '../parts/part.tsx';
import { SearchBox } from '../parts/searchBox.tsx';
import { schoolPath, useKeptText } from '../place.ts';
import { useTitle } from '../useTitle.ts';
import { count, counted, duration, share } from '../words.ts';

const query = graphql(`
  query Schools($search: String!, $first: Int, $after: String, $last: Int, $before: String) {
    schools(where: { name: { contains: $search } }, first: $first, after: $after, last: $last, before: $before) {
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
        parentName
        status
        studentCount
        usage {
          id
          totalAppTimeSec
          totalWasteTimeSec
        }
      }
    }
  }
`);

const pageSize = 25;

export function SchoolsPage() {
  const [search, setSearch] = useKeptText('search');
  const [turn, setTurn] = useState<Turn>({});
  const answer = useAnswer(query, { search, ...turnOf(turn, pageSize) });
  const heading = useTitle('Schools');
  return (
    <>
      <header className="pageHead">
        <h1 ref={heading} tabIndex={-1}>
          Schools
        </h1>
        <SearchBox
          label="Search schools"
          text={search}
          onSearch={(text) => {
            setSearch(text);
            setTurn({});
          }}
        />
      </header>
      <Part
        title={
          answer.data?.schools?.totalCount == null
            ? 'Yours to see'
            : counted(answer.data.schools.totalCount, 'school', 'schools')
        }
        answer={answer}
        pick={(data) => data.schools}
        isEmpty={({ nodes }) => nodes.length === 0}
        empty={search === '' ? 'There is no school that you may see.' : 'No school is called like this.'}
      >
        {({ nodes, pageInfo }) => (
          <>
            <DataTable
              caption="Schools"
              rows={nodes.filter((school) => school !== null)}
              columns={[
                {
                  name: 'School',
                  value: ({ id, name, status }) => (
                    <>
                      <Link href={schoolPath(id)}>{name}</Link>
                      {status !== 'ACTIVE' && <span className="tag">no longer run</span>}
                    </>
                  ),
                },
                { name: 'Part of', value: ({ parentName }) => parentName ?? '–', isExtra: true },
                { name: 'Students', value: ({ studentCount }) => count(studentCount), isNumber: true },
                {
                  name: 'Time in apps',
                  value: ({ usage }) => (usage ? duration(usage.totalAppTimeSec) : '–'),
                  isNumber: true,
                },
                {
                  name: 'Wasted',
                  value: ({ usage }) =>
                    usage && usage.totalAppTimeSec > 0 ? share(usage.totalWasteTimeSec / usage.totalAppTimeSec) : '–',
                  isNumber: true,
                  isExtra: true,
                },
              ]}
            />
            <Pager label="Pages of schools" page={pageInfo} onTurn={setTurn} />
          </>
        )}
      </Part>
    </>
  );
}
