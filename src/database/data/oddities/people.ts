import { addEnrollment } from '../demo/classes.ts';
import { addPerson } from '../demo/people.ts';
import { addBond } from '../demo/staff.ts';
import { demoId } from '../ids.ts';
import { adults, organizations, outsiders, students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';

const { juniper, cottonwood, pelican, cedarValley, tubman } = organizations;

/** People who are not what a hasty reader takes them for, and bonds that are not one open row each. */
export const oddPeople: readonly Oddity[] = [
  {
    name: 'a former student: every role ended',
    at: [students.former],
    sql: `select from one_roster_role where user_id = $1 having bool_and(end_date < '2025-01-01') and count(*) > 0`,
  },
  {
    name: 'a student whose only role is inactive',
    at: [students.inactive],
    sql: `select from one_roster_role where user_id = $1 having bool_and(status = 'inactive')`,
  },
  {
    name: 'a student whose role begins in the future',
    at: [students.future],
    sql: `select from one_roster_role where user_id = $1 and begin_date > '2090-01-01'`,
  },
  {
    name: 'a student whose role ends in the future',
    at: [students.leavingLater],
    sql: `select from one_roster_role where user_id = $1 and end_date > '2090-01-01'`,
  },
  {
    name: 'a student who moved: one role ended, one goes on',
    at: [students.moved],
    sql: `select from one_roster_role where user_id = $1 having count(*) = 2 and count(end_date) = 1`,
  },
  {
    name: 'a student in two schools of one district',
    at: [students.inTwoSchools],
    sql: `select from one_roster_role join one_roster_organization o on o.id = org_id
      where user_id = $1 having count(distinct o.id) = 2 and count(distinct o.parent_id) = 1`,
  },
  {
    name: 'a student in two districts',
    at: [students.inTwoDistricts],
    sql: `select from one_roster_role join one_roster_organization o on o.id = org_id
      where user_id = $1 having count(distinct o.parent_id) = 2`,
  },
  {
    name: 'a student whose only organisation is the district',
    at: [students.atDistrictOnly, cedarValley],
    sql: `select from one_roster_role where user_id = $1 having bool_and(org_id = $2)`,
  },
  {
    name: 'a student at a school, at a department of the same name, and at another department',
    at: [students.atDepartment],
    sql: `select from one_roster_role join one_roster_organization o on o.id = org_id
      where user_id = $1 having count(*) = 3 and count(distinct o.name) = 2`,
  },
  {
    name: 'a student without any date',
    at: [students.withoutDates],
    sql: `select from one_roster_role r where user_id = $1 and begin_date is null and admission_date is null
      and not exists (select from one_roster_enrollment e where e.user_id = r.user_id)`,
  },
  {
    name: 'an admission date on secondary roles only',
    at: [students.admittedBySecondary],
    sql: `select from one_roster_role where user_id = $1
      having count(admission_date) filter (where role_type = 'primary') = 0 and count(admission_date) = 2`,
  },
  {
    name: 'a former student who now teaches at another school',
    at: [students.nowTeacher],
    sql: `select from one_roster_role where user_id = $1 having count(distinct role) = 2 and count(distinct org_id) = 2`,
  },
  {
    name: 'a soft-deleted student role and no other',
    at: [outsiders.softDeletedStudent],
    sql: `select from one_roster_role where user_id = $1 having bool_and(status = 'tobedeleted')`,
    add: (data) =>
      addPerson(
        data,
        {
          id: outsiders.softDeletedStudent,
          given: 'Imported',
          family: 'Twice',
          mail: 'imported.twice@harborview.example',
        },
        [{ org: pelican, begin: '2025-08-18', admission: '2025-08-18', status: 'tobedeleted' }],
      ),
  },
  {
    name: 'an enrolled pupil without a role',
    at: [outsiders.enrolledWithoutRole],
    sql: `select from one_roster_enrollment e where user_id = $1 and role = 'student'
      and not exists (select from one_roster_role r where r.user_id = e.user_id)`,
    add: (data) => {
      const user = outsiders.enrolledWithoutRole;
      addPerson(data, { id: user, given: 'Casper', family: 'Visser', mail: 'casper.visser@cedarvalley.example' }, []);
      addEnrollment(data, { user, class: demoId('class/juniper/3A/homeroom') });
    },
  },
  {
    name: 'a name of one part, either way round',
    at: [students.mononym, students.familyNameOnly],
    sql: `select from one_roster_user where (id = $1 and family_name = '') or (id = $2 and trim(given_name) = '')
      having count(*) = 2`,
  },
  {
    name: 'two students of one name',
    at: [students.namesakeOne, students.namesakeTwo],
    sql: `select from one_roster_user where id in ($1, $2) group by given_name, family_name having count(*) = 2`,
  },
  {
    name: 'names with the signs of LIKE patterns, quotes and statements',
    at: [students.percent, students.underscore, students.backslash, students.quotes, students.injection],
    sql: `select from one_roster_user where id in ($1, $2, $3, $4, $5)
      and given_name || family_name ~ '[%_\\\\";]' having count(*) = 5`,
  },
  {
    name: 'names of emoji, in right-to-left letters, in Chinese, and of decomposed letters',
    at: [students.emoji, students.arabic, students.hebrew, students.chinese, students.decomposed],
    sql: `select from one_roster_user where id in ($1, $2, $3, $4, $5)
      and octet_length(given_name) > char_length(given_name) having count(*) = 5`,
  },
  {
    name: 'an address in capital letters',
    at: [students.upperCaseMail],
    sql: `select from one_roster_user where id = $1 and email <> lower(email)`,
  },
  {
    name: 'a leader of a district, who is neither student nor guide',
    at: [adults.districtLeader],
    sql: `select from one_roster_role where user_id = $1 having bool_and(role = 'administrator')`,
    add: (data) =>
      addPerson(
        data,
        { id: adults.districtLeader, given: 'Beatriz', family: 'Navarro', mail: 'beatriz.navarro@cedarvalley.example' },
        [{ org: cedarValley, role: 'administrator', begin: '2022-07-01' }],
      ),
  },
  {
    name: 'a parent who is also a teacher',
    at: [adults.parentAndTeacher, students.decomposed],
    sql: `select from one_roster_role where user_id = $1
      and exists (select from one_roster_user_agent where agent_user_id = $1 and source_user_id = $2 and relationship_type = 'parent')
      having array_agg(role order by role) = '{parent,teacher}'`,
    add: (data) => addBond(data, students.decomposed, adults.parentAndTeacher, 'parent', { begin: null, since: 2025 }),
  },
  {
    name: 'a teacher who is also the principal',
    at: [adults.teacherAndPrincipal],
    sql: `select from one_roster_role where user_id = $1 having array_agg(role order by role) = '{principal,teacher}'`,
  },
  {
    name: 'a parent, and nothing else',
    at: [adults.parent],
    sql: `select from one_roster_role where user_id = $1 having bool_and(role = 'parent')`,
    add: (data) => {
      const mail = 'thu.tran@home.example';
      addPerson(data, { id: adults.parent, given: 'Thu', family: 'Trần', mail }, [{ org: juniper, role: 'parent' }]);
      addBond(data, students.namesakeOne, adults.parent, 'parent', { begin: null, since: 2025 });
    },
  },
  {
    name: 'a teacher link to somebody without the role of a guide',
    at: [adults.aide],
    sql: `select from one_roster_user_agent where agent_user_id = $1 and relationship_type = 'teacher'
      and not exists (select from one_roster_role where user_id = $1 and role in ('teacher', 'principal'))`,
    add: (data) => {
      const mail = 'petra.hald@cedarvalley.example';
      addPerson(data, { id: adults.aide, given: 'Petra', family: 'Hald', mail }, [{ org: juniper, role: 'aide' }]);
      addBond(data, students.emoji, adults.aide, 'teacher', { begin: '2026-09-01', since: 2026 });
    },
  },
  {
    name: 'a student without a guide',
    at: [students.withoutGuide],
    sql: `select from one_roster_user u where id = $1
      and not exists (select from one_roster_user_agent where source_user_id = u.id)`,
  },
  {
    name: 'a guide without students',
    at: [adults.guideWithoutStudents],
    sql: `select from one_roster_role where user_id = $1 and role = 'teacher'
      and not exists (select from one_roster_user_agent where agent_user_id = $1)`,
    add: (data) => {
      const mail = 'ingrid.solheim@cedarvalley.example';
      const role = { org: cottonwood, role: 'teacher', begin: '2026-08-03' } as const;
      addPerson(data, { id: adults.guideWithoutStudents, given: 'Ingrid', family: 'Solheim', mail }, [role]);
    },
  },
  {
    name: 'a guide without an address',
    at: [adults.guideWithoutMail],
    sql: `select from one_roster_user where id = $1 and email is null`,
  },
  {
    name: 'a guide of another school, in another district',
    at: [adults.guideOfAnotherSchool, students.quotes],
    sql: `select from one_roster_user_agent where agent_user_id = $1 and source_user_id = $2
      and not exists (select from one_roster_role g join one_roster_role s using (org_id) where g.user_id = $1 and s.user_id = $2)`,
    add: (data) => {
      const role = { org: pelican, role: 'teacher', begin: '2025-08-04' } as const;
      const mail = 'aroha.hetet@harborview.example';
      addPerson(data, { id: adults.guideOfAnotherSchool, given: 'Aroha', family: 'Hetet', mail }, [role]);
      addBond(data, students.quotes, adults.guideOfAnotherSchool, 'teacher', { begin: '2026-08-24', since: 2026 });
    },
  },
  {
    name: 'a former teacher with bonds that ended, one of them changed later, to the microsecond',
    at: [adults.formerTeacher, students.moved],
    sql: `select from one_roster_user_agent where agent_user_id = $1 and source_user_id = $2 and status = 'inactive'
      and date_last_modified > date_created and extract(microseconds from date_last_modified)::int % 1000 > 0`,
    add: (data) => {
      const role = { org: juniper, role: 'teacher', begin: '2018-08-06', end: '2024-06-14' } as const;
      const mail = 'gil.ferreira@cedarvalley.example';
      addPerson(data, { id: adults.formerTeacher, given: 'Gil', family: 'Ferreira', mail }, [role]);
      const period = { begin: '2021-08-16', end: '2024-06-14', since: 2021, changed: '2024-06-15T08:05:42.123456Z' };
      addBond(data, students.moved, adults.formerTeacher, 'teacher', period);
    },
  },
  {
    name: 'a bond that ended and began again',
    at: [students.leavingLater],
    sql: `select from one_roster_user_agent where source_user_id = $1 and relationship_type = 'teacher'
      group by agent_user_id having count(*) = 2 and count(end_date) = 1`,
    add: (data) => {
      const period = { begin: '2022-08-15', end: '2023-01-13', since: 2022 };
      addBond(data, students.leavingLater, demoId('guide/tubman/4'), 'teacher', period);
    },
  },
  {
    name: 'two equal rows of one bond, in a view without a key',
    at: [students.quotes],
    sql: `select from one_roster_user_agent where source_user_id = $1
      group by agent_user_id, relationship_type, status, begin_date, end_date, date_created, date_last_modified
      having count(*) = 2`,
    add: (data) => {
      const period = { begin: '2024-08-19', end: '2025-06-13', since: 2024 };
      for (const copy of [1, 2]) addBond(data, students.quotes, adults.formerTeacher, 'teacher', { ...period, copy });
    },
  },
  {
    name: 'a soft-deleted bond whose begin nobody wrote down',
    at: [students.inTwoSchools],
    sql: `select from one_roster_user_agent where source_user_id = $1 and status = 'tobedeleted' and begin_date is null`,
    add: (data) =>
      data.add('one_roster_user_agent', {
        id: demoId('bond/soft deleted'),
        source_user_id: students.inTwoSchools,
        agent_user_id: adults.formerTeacher,
        relationship_type: 'teacher',
        status: 'tobedeleted',
        begin_date: null,
        end_date: '2023-12-22',
        date_created: '2023-09-04T12:00:00Z',
        date_last_modified: '2024-01-08T07:30:00.5Z',
      }),
  },
  {
    name: 'a role that nobody here has heard of',
    at: [tubman],
    sql: `select from one_roster_role where org_id = $1 and role = 'proctor'`,
    add: (data) => {
      const id = demoId('adult/proctor');
      addPerson(data, { id, given: 'Olu', family: 'Bankole', mail: null }, []);
      data.add('one_roster_role', {
        id: demoId('role/proctor'),
        user_id: id,
        org_id: tubman,
        role: 'proctor',
        role_type: 'primary',
        status: 'active',
      });
    },
  },
];
