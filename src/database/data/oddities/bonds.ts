import { addPerson } from '../demo/person.ts';
import { addBond } from '../demo/staff.ts';
import { demoId } from '../ids.ts';
import { adults, organizations, students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';

const { juniper, cottonwood, pelican } = organizations;

/** Who guides whom, where it is not one open row between two people of one school. */
export const oddBonds: readonly Oddity[] = [
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
];
