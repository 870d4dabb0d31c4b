import { useState } from 'react';
import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { DataTable } from '../parts/dataTable.tsx';
import { Link } from '../parts/link.tsx';
import { Pager, turnOf, type Turn } from '../parts/pager.tsx';
import { Part } from '../parts/part.tsx';
import { SearchBox } from '../parts/searchBox.tsx';
import { studentPath, useKeptText } from '../place.ts';
import { counted, day } from '../words.ts';

const query = graphql(`
  query StudentList($school: ID!, $search: String!, $first: Int, $after: String, $last: Int, $before: String) {
    school(id: $school) {
      id
      students(where: { name: { contains: $search } }, first: $first, after: $after, last: $last, before: $before) {
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
          sessions(first: 1) {
            nodes {
              id
              date
            }
          }
        }
      }
    }
  }
`);

const pageSize = 20;

export function StudentList({ schoolId }: { readonly schoolId: string }) {
  const [search, setSearch] = useKeptText('search');
  const [turn, setTurn] = useState<Turn>({});
  const answer = useAnswer(query, { school: schoolId, search, ...turnOf(turn, pageSize) });
  const total = answer.data?.school?.students?.totalCount;
  return (
    <Part
      title={total == null ? 'Students' : counted(total, 'student', 'students')}
      className="wide"
      answer={answer}
      pick={(data) => data.school?.students}
      empty="There are no students that you may see."
    >
      {({ nodes, pageInfo }) => (
        <>
          <SearchBox
            label="Search students"
            text={search}
            onSearch={(text) => {
              setSearch(text);
              setTurn({});
            }}
          />
          {nodes.length === 0 ? (
            <p className="empty">
              {search === '' ? 'There are no students that you may see.' : 'No student is called like this.'}
            </p>
          ) : (
            <DataTable
              caption="Students"
              rows={nodes.filter((student) => student !== null)}
              columns={[
                { name: 'Name', value: ({ id, name }) => <Link href={studentPath(schoolId, id)}>{name}</Link> },
                {
                  name: 'Levels',
                  value: ({ placements }) =>
                    placements?.nodes
                      .map((placement) => placement?.grade && `${placement.subject?.title} ${placement.grade.label}`)
                      .filter(Boolean)
                      .join(' · ') || '–',
                  isExtra: true,
                },
                {
                  name: 'Last session',
                  value: ({ sessions }) => {
                    const date = sessions?.nodes[0]?.date;
                    return date ? day(date) : '–';
                  },
                  isNumber: true,
                },
              ]}
            />
          )}
          <Pager label="Pages of students" page={pageInfo} onTurn={setTurn} />
        </>
      )}
    </Part>
  );
}
