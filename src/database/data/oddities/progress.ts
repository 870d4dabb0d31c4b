import { addCredential, addResult } from '../demo/progress.ts';
import {
  achievementId,
  addAchievement,
  addItem,
  caseSubjectId,
  documentId,
  gradeCode,
  gradeId,
  standardId,
} from '../demo/standards.ts';
import { demoId } from '../ids.ts';
import { students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';

export const standards = {
  subjectWithoutItems: caseSubjectId('Español'),
  documentWithoutApp: demoId('odd/document without app'),
  itemWithoutDocument: demoId('odd/item without document'),
  itemWithoutTitle: demoId('odd/item without title'),
  itemOfUnknownApp: demoId('odd/item of unknown app'),
  courseInTwoSubjects: demoId('odd/case course in two subjects'),
  courseWithoutSubject: demoId('odd/case course without subject'),
} as const;

export const credentials = {
  withoutValue: demoId('credential/without value'),
  zero: demoId('credential/zero'),
  withoutItem: demoId('credential/without item'),
  withoutDate: demoId('credential/without date'),
  ofBadge: demoId('credential/of badge'),
  equalOne: demoId('credential/equal one'),
  equalTwo: demoId('credential/equal two'),
  /** Exactly between two hundredths of a percent. */
  halfway: demoId('credential/halfway'),
} as const;

export const results = {
  inactive: demoId('result/inactive'),
  softDeleted: demoId('result/soft deleted'),
  withoutReport: demoId('result/without report'),
  blankReport: demoId('result/blank report'),
} as const;

const student = students.percent;
const achievementWithoutItem = demoId('achievement/without item');

const oddStandards: readonly Oddity[] = [
  {
    name: 'a CASE subject to which nothing refers, without a description, of a code with a leading zero',
    at: [standards.subjectWithoutItems],
    sql: `select from cf_subject where identifier = $1 and description is null and hierarchy_code like '0%'
      and not exists (select from cf_item_subject where subject_id = identifier)`,
    add: (data) =>
      data.add('cf_subject', { identifier: standards.subjectWithoutItems, title: 'Español', hierarchy_code: '05' }),
  },
  {
    name: 'an item without a document, and one without a title, a code and a type',
    at: [standards.itemWithoutDocument, standards.itemWithoutTitle],
    sql: `select from cf_item where (identifier = $1 and cf_document_id is null)
      or (identifier = $2 and coalesce(full_statement, human_coding_scheme, item_type) is null) having count(*) = 2`,
    add: (data) => {
      const loose = {
        id: standards.itemWithoutDocument,
        title: 'Tells a story in order',
        code: 'X.1',
        type: 'standard',
      };
      addItem(data, { ...loose, document: null });
      addAchievement(data, 'StandardMastery', loose.id);
      const [id, document] = [standards.itemWithoutTitle, documentId('Science')];
      addItem(data, { id, title: null, code: null, type: null, document });
    },
  },
  {
    name: 'an item of a document that belongs to no app',
    at: [standards.itemOfUnknownApp],
    sql: `select from cf_item where identifier = $1
      and cf_document_id not in (select cf_document_id from lti_application_curriculum_scope)`,
    add: (data) => {
      const [id, document] = [standards.itemOfUnknownApp, standards.documentWithoutApp];
      data.add('cf_document', { identifier: document });
      addItem(data, { id, title: 'Mixes colours', code: 'AR.2.b', type: 'standard', document });
      addAchievement(data, 'StandardMastery', id);
    },
  },
  {
    name: 'a document that belongs to two apps',
    at: [documentId('Reading')],
    sql: `select from lti_application_curriculum_scope where cf_document_id = $1 having count(*) = 2`,
  },
  {
    name: 'a CASE course in two subjects, and one in none',
    at: [standards.courseInTwoSubjects, standards.courseWithoutSubject],
    sql: `select from cf_item where
        (identifier = $1 and (select count(*) from cf_item_subject where cf_item_id = identifier) = 2)
        or (identifier = $2 and not exists (select from cf_item_subject where cf_item_id = identifier))
      having count(*) = 2`,
    add: (data) => {
      const [id, document] = [standards.courseInTwoSubjects, documentId('Science')];
      addItem(data, { id, title: 'Reading about science', code: 'RS', type: 'COURSE', document });
      for (const subject of ['Science', 'Reading']) {
        data.add('cf_item_subject', { cf_item_id: id, subject_id: caseSubjectId(subject) });
      }
      addItem(data, {
        id: standards.courseWithoutSubject,
        title: 'Study habits',
        code: null,
        type: 'Course',
        document,
      });
    },
  },
];

const oddCredentials: readonly Oddity[] = [
  {
    name: 'a credential without a value, and one of zero',
    at: [credentials.withoutValue, credentials.zero],
    sql: `select from clr_achievement_credential where (id = $1 and result_value is null) or (id = $2 and result_value = 0)
      having count(*) = 2`,
    add: (data) => {
      const achievement = achievementId('StandardMastery', standards.itemOfUnknownApp);
      const awarded = '2026-09-22T16:00:00Z';
      addCredential(data, { id: credentials.withoutValue, achievement, student, value: null, awarded });
      const lesson = achievementId('StandardMastery', standardId(demoId('lesson/Mathematics 5/Decimals/Money sums')));
      addCredential(data, { id: credentials.zero, achievement: lesson, student, value: 0, awarded });
    },
  },
  {
    name: 'a credential for no item',
    at: [credentials.withoutItem],
    sql: `select from clr_achievement_credential c join clr_achievement a on a.id = achievement_id
      where c.id = $1 and cf_item_id is null`,
    add: (data) => {
      const achievement = achievementWithoutItem;
      data.add('clr_achievement', { id: achievement, achievement_type: 'CurriculumMastery', cf_item_id: null });
      const awarded = '2026-10-02T15:10:00.007Z';
      addCredential(data, { id: credentials.withoutItem, achievement, student, value: 0.75, awarded });
    },
  },
  {
    name: 'a credential whose date was lost, and whose value lies between two hundredths of a percent',
    at: [credentials.withoutDate, credentials.halfway],
    sql: `select from clr_achievement_credential
      where (id = $1 and awarded_date is null) or (id = $2 and result_value = 0.876545) having count(*) = 2`,
    add: (data) => {
      const achievement = achievementId('StandardMastery', standards.itemWithoutDocument);
      addCredential(data, { id: credentials.withoutDate, achievement, student, value: 1, awarded: null });
      const awarded = '2026-10-12T23:59:59.999999Z';
      addCredential(data, { id: credentials.halfway, achievement, student, value: '0.876545', awarded });
    },
  },
  {
    name: 'two equal credentials, in a view without a key',
    at: [credentials.equalOne, credentials.equalTwo],
    sql: `select from clr_achievement_credential where id in ($1, $2)
      group by achievement_id, credential_subject_id, result_value, awarded_date having count(*) = 2`,
    add: (data) => {
      const lesson = demoId('lesson/Mathematics 5/Decimals/Comparing decimals');
      const achievement = achievementId('StandardMastery', standardId(lesson));
      const shared = { achievement, student, value: '0.9', awarded: '2026-09-30T17:05:00Z' };
      for (const id of [credentials.equalOne, credentials.equalTwo]) addCredential(data, { id, ...shared });
    },
  },
  {
    name: 'a credential of another kind than mastery',
    at: [credentials.ofBadge],
    sql: `select from clr_achievement_credential c join clr_achievement a on a.id = achievement_id
      where c.id = $1 and achievement_type = 'Badge'`,
    add: (data) => {
      const achievement = demoId('achievement/badge');
      data.add('clr_achievement', { id: achievement, achievement_type: 'Badge', cf_item_id: null });
      const awarded = '2026-09-04T12:00:00Z';
      addCredential(data, { id: credentials.ofBadge, achievement, student, value: 1, awarded });
    },
  },
];

const oddResults: readonly Oddity[] = [
  {
    name: 'a placement under way that already holds a grade, one completed without a grade, one never touched',
    at: [students.underscore],
    sql: `select from placement_student_subject_placement where student_id = $1
      and ((status = 'InProgress' and grade_id is not null) or (status = 'Completed' and grade_id is null)
        or (status = 'NotStarted' and date_last_modified is null))
      having count(distinct status) = 3`,
    add: (data) => {
      const stages = [
        ['Español', 'InProgress', gradeId(gradeCode(4)), '2026-09-18T14:30:00.5Z'],
        ['Art', 'Completed', null, '2026-09-19T09:00:00Z'],
        ['Music', 'NotStarted', null, null],
      ] as const;
      stages.forEach(([subject, status, grade, changed], index) => {
        const subject_id = caseSubjectId(subject);
        if (subject !== 'Español') {
          data.add('cf_subject', { identifier: subject_id, title: subject, hierarchy_code: `ARTS.${index}` });
        }
        data.add('placement_student_subject_placement', {
          id: demoId(`placement/odd/${subject}`),
          student_id: students.underscore,
          subject_id,
          grade_id: grade,
          status,
          date_last_modified: changed,
        });
      });
    },
  },
  {
    name: 'growth tests that do not count: inactive, soft-deleted, without a report, with a blank one',
    at: [results.inactive, results.softDeleted, results.withoutReport, results.blankReport],
    sql: `select from gradebook_assessment_result where id in ($1, $2, $3, $4)
      and (status <> 'active' or coalesce(trim(report_url), '') = '') having count(*) = 4`,
    add: (data) => {
      const report = 'https://reports.growth.example/early.pdf';
      addResult(data, { id: results.inactive, student, day: '2025-05-12', report, status: 'inactive' });
      addResult(data, { id: results.softDeleted, student, day: '2025-05-13', report, status: 'tobedeleted' });
      addResult(data, { id: results.withoutReport, student, day: '2025-05-14', report: null });
      addResult(data, { id: results.blankReport, student, day: '2025-05-15', report: ' ' });
    },
  },
];

/** Standards that lead nowhere or to several places, and results that look like more than they are. */
export const oddProgress: readonly Oddity[] = [...oddStandards, ...oddCredentials, ...oddResults];
