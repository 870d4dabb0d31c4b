import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Link } from '../parts/link.tsx';
import { TroubleNote } from '../parts/part.tsx';
import { useTitle } from '../useTitle.ts';
import { day } from '../words.ts';
import { StudentList } from './studentList.tsx';

const query = graphql(`
  query School($id: ID!) {
    school(id: $id) {
      id
      name
      parentName
    }
    sessions(first: 1, where: { student: { schools: { some: { schoolId: { eq: $id } } } } }) {
      nodes {
        id
        date
      }
    }
  }
`);

export function SchoolPage({ schoolId }: { readonly schoolId: string }) {
  const answer = useAnswer(query, { id: schoolId });
  const school = answer.data?.school;
  const last = answer.data?.sessions?.nodes[0]?.date;
  const heading = useTitle(school?.name);
  const isMissing = answer.data !== undefined && !school && !answer.trouble;
  return (
    <>
      <nav aria-label="Where you are" className="crumbs">
        <Link href="/">Schools</Link>
      </nav>
      <header className="pageHead">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {school?.name ?? (isMissing ? 'No such school' : 'School')}
          </h1>
          <p className="note">
            {isMissing
              ? 'It is not there, or not yours to see.'
              : [school?.parentName, last && `latest session on ${day(last)}`].filter(Boolean).join(' · ')}
          </p>
        </div>
      </header>
      {answer.trouble && <TroubleNote answer={answer} />}
      {!isMissing && (
        <div className="grid">
          <StudentList schoolId={schoolId} />
        </div>
      )}
    </>
  );
}
