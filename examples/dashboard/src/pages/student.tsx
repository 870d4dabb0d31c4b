import { StudentSums } from '../charts/sums.tsx';
import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Link } from '../parts/link.tsx';
import { Skeleton, TroubleNote } from '../parts/part.tsx';
import { isDay, localDay, weeksUntil, type Period } from '../period.ts';
import { schoolPath, useParameter } from '../place.ts';
import { useTitle } from '../useTitle.ts';
import { DayStrip } from './dayStrip.tsx';
import { DayTimeline } from './dayTimeline.tsx';

const query = graphql(`
  query Student($id: ID!, $school: ID!) {
    school(id: $school) {
      id
      name
    }
    student(id: $id) {
      id
      name
      email
      guides(first: 3, where: { status: { eq: ACTIVE } }) {
        nodes {
          guideName
        }
      }
      placements(first: 6) {
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
          startTime
        }
      }
    }
  }
`);

export function StudentPage({ schoolId, studentId }: { readonly schoolId: string; readonly studentId: string }) {
  const answer = useAnswer(query, { id: studentId, school: schoolId });
  const [chosenDay, setDay] = useParameter('day');
  const student = answer.data?.student;
  const latest = student?.sessions?.nodes[0]?.startTime;
  const day = isDay(chosenDay) ? chosenDay : latest ? localDay(latest) : undefined;
  const period = day === undefined ? undefined : weeksAround(day, latest ? localDay(latest) : day);
  const heading = useTitle(student?.name);
  const isMissing = answer.data !== undefined && !student && !answer.trouble;
  const guides = student?.guides?.nodes.map((guide) => guide?.guideName).filter(Boolean) ?? [];
  return (
    <>
      <nav aria-label="Where you are" className="crumbs">
        <Link href="/">Schools</Link>
        <span aria-hidden="true">/</span>
        <Link href={schoolPath(schoolId)}>{answer.data?.school?.name ?? 'School'}</Link>
      </nav>
      <header className="pageHead">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {student?.name ?? (isMissing ? 'No such student' : 'Student')}
          </h1>
          <p className="note">
            {isMissing
              ? 'Not there, or not yours to see.'
              : student &&
                [student.email, guides.length > 0 && `guided by ${guides.join(', ')}`].filter(Boolean).join(' · ')}
          </p>
        </div>
        <ul className="levels" aria-label="Levels">
          {student?.placements?.nodes.map(
            (placement) =>
              placement?.grade && (
                <li key={placement.id}>
                  <span>{placement.subject?.title}</span> {placement.grade.label}
                </li>
              ),
          )}
        </ul>
      </header>
      {answer.trouble && <TroubleNote answer={answer} />}
      {answer.isLoading && !answer.data && <Skeleton />}
      {student?.sessions && !day && <p className="empty">No sessions yet.</p>}
      {student && day && period && (
        <div className="grid">
          <StudentSums studentId={studentId} period={period} />
          <DayStrip studentId={studentId} period={period} day={day} onDay={setDay} />
          <DayTimeline studentId={studentId} day={day} onDay={setDay} />
        </div>
      )}
    </>
  );
}

/** The latest weeks, or if the day is not among them, those that it ends. */
function weeksAround(day: string, latest: string): Period {
  const newest = weeksUntil(latest, 4);
  return day < newest.from || day > newest.to ? weeksUntil(day, 4) : newest;
}
