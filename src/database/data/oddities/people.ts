import { addEnrollment } from '../demo/classes.ts';
import { addPerson } from '../demo/person.ts';
import { addBond } from '../demo/staff.ts';
import { demoId } from '../ids.ts';
import { adults, organizations, outsiders, students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';

const { juniper, pelican, cedarValley, tubman } = organizations;

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
    name: 'a guide without an address',
    at: [adults.guideWithoutMail],
    sql: `select from one_roster_user where id = $1 and email is null`,
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
