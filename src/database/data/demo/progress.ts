import { Chance } from '../chance.ts';
import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { iso, momentOf, schoolDays } from './calendar.ts';
import type { Pupil } from './people.ts';
import { endOf } from './sessions.ts';
import { achievementId, caseSubjectId, gradeCode, gradeId, standardId } from './standards.ts';
import { traitsOf } from './traits.ts';
import type { Visit } from './visits.ts';

/** The grade that a placement test found, for each of the four subjects; a few tests are under way or have not begun. */
export function addPlacements(data: Dataset, pupils: readonly Pupil[]): void {
  for (const pupil of pupils) {
    if (pupil.isBare) continue;
    const chance = new Chance(`placement/${pupil.id}`);
    for (const [subject, grade] of traitsOf(pupil).placed) {
      const stage = chance.share();
      const status = stage < 0.88 ? 'Completed' : stage < 0.95 ? 'InProgress' : 'NotStarted';
      const day = chance.pick(schoolDays.slice(0, 15));
      const changed = momentOf(day, chance.between(500, 800), pupil.section.school.zone);
      data.add('placement_student_subject_placement', {
        id: demoId(`placement/${pupil.id}/${subject}`),
        student_id: pupil.id,
        subject_id: caseSubjectId(subject),
        grade_id: status === 'Completed' ? gradeId(gradeCode(grade)) : null,
        status,
        date_last_modified: status === 'NotStarted' ? null : iso(changed),
      });
    }
  }
}

/** A credential for a lesson that went well, as a share of what there was to know. */
export function addMastery(data: Dataset, visits: readonly Visit[]): void {
  const done = new Set<string>();
  for (const visit of visits) {
    const { pupil, lesson, answers, isClosed } = visit;
    const right = answers.filter(Boolean).length / answers.length;
    if (!isClosed || right < 0.5 || done.has(`${pupil.id}/${lesson.id}`)) continue;
    done.add(`${pupil.id}/${lesson.id}`);
    const chance = new Chance(`mastery/${pupil.id}/${lesson.id}`);
    if (!chance.happens(0.6)) continue;
    const value = Math.round((right * 0.75 + chance.share() * 0.25) * 10_000) / 10_000;
    addCredential(data, {
      id: chance.uuid(),
      achievement: achievementId('StandardMastery', standardId(lesson.id)),
      student: pupil.id,
      value,
      awarded: iso(endOf(visit) + 60_000),
    });
  }
}

interface Credential {
  readonly id: string;
  readonly achievement: string;
  readonly student: string;
  readonly value: number | string | null;
  readonly awarded: string | null;
}

export function addCredential(data: Dataset, { id, achievement, student, value, awarded }: Credential): void {
  data.add('clr_achievement_credential', {
    id,
    achievement_id: achievement,
    credential_subject_id: student,
    result_value: value,
    awarded_date: awarded,
  });
}

/** Growth tests in spring and autumn; a result is complete when its report is there. */
export function addResults(data: Dataset, pupils: readonly Pupil[]): void {
  for (const pupil of pupils) {
    if (pupil.isBare) continue;
    const chance = new Chance(`results/${pupil.id}`);
    const days = [`2026-05-${10 + chance.between(0, 12)}`, `2026-09-${14 + chance.between(0, 9)}`];
    for (const day of days) {
      if (chance.happens(0.15)) continue;
      const id = demoId(`result/${pupil.id}/${day}`);
      const report = chance.happens(0.92) ? `https://reports.growth.example/${id}.pdf` : null;
      addResult(data, { id, student: pupil.id, day, report });
    }
  }
}

interface Result {
  readonly id: string;
  readonly student: string;
  readonly day: string | null;
  readonly report: string | null;
  readonly status?: 'active' | 'inactive' | 'tobedeleted';
}

export function addResult(data: Dataset, { id, student, day, report, status = 'active' }: Result): void {
  data.add('gradebook_assessment_result', { id, student_id: student, score_date: day, report_url: report, status });
}
