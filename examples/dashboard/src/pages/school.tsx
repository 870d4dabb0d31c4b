import { Activity } from '../charts/activity.tsx';
import { Mastery } from '../charts/mastery.tsx';
import { SchoolSums } from '../charts/sums.tsx';
import { WasteByType } from '../charts/wasteByType.tsx';
import { XpByApp } from '../charts/xpByApp.tsx';
import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Choice } from '../parts/choice.tsx';
import { Link } from '../parts/link.tsx';
import { Skeleton, TroubleNote } from '../parts/part.tsx';
import { localDay, today, weeksUntil } from '../period.ts';
import { useParameter } from '../place.ts';
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
        startTime
      }
    }
  }
`);

export function SchoolPage({ schoolId }: { readonly schoolId: string }) {
  const answer = useAnswer(query, { id: schoolId });
  const [chosen, setWeeks] = useParameter('weeks');
  const weeks = chosen === '12' ? 12 : 4;
  const school = answer.data?.school;
  const heading = useTitle(school?.name);
  const isMissing = answer.data !== undefined && !school && !answer.trouble;
  // The latest weeks of which there is something to see: in the holidays, those before them.
  const latest = answer.data?.sessions?.nodes[0]?.startTime;
  const period = answer.data && weeksUntil(latest ? localDay(latest) : today(), weeks);
  const of = period && ({ schoolId, period, unit: weeks === 4 ? 'DAY' : 'WEEK' } as const);
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
              ? 'Not there, or not yours to see.'
              : period && [school?.parentName, `${day(period.from)} to ${day(period.to)}`].filter(Boolean).join(' · ')}
          </p>
        </div>
        {!isMissing && (
          <Choice
            label="Period"
            options={[
              { value: '4', name: '4 weeks' },
              { value: '12', name: '12 weeks' },
            ]}
            chosen={String(weeks)}
            onChoose={(value) => setWeeks(value === '4' ? undefined : value)}
          />
        )}
      </header>
      {answer.trouble && <TroubleNote answer={answer} />}
      {answer.isLoading && !answer.data && <Skeleton />}
      {of && !isMissing && (
        <div className="grid">
          <SchoolSums {...of} />
          <Activity {...of} />
          <WasteByType {...of} />
          <XpByApp {...of} />
          <Mastery {...of} />
          <StudentList schoolId={schoolId} period={of.period} />
        </div>
      )}
    </>
  );
}
