/** Whose rows count for a parent: those of one student, of the students who belonged to it on the day of the row, or of an app. */
import { classEnrollments, studentGuides, students, studentSchools } from '../../schema/views/students.ts';
import { combine } from '../sql/logic.ts';
import { reading } from '../sql/policy.ts';
import { asWritten, operandType } from '../sql/column.ts';
import { recordedIds, sameKey } from '../sql/keys.ts';
import { all, whereAll, type Rows, type Sql, type SqlColumn } from '../sql/sql.ts';
import { spansOf } from './clock.ts';
import type { Timing } from './periods.ts';

export type Subject = 'everything' | 'student' | 'app' | 'organization' | keyof typeof bridges;

/** Views that say which students belong to what, from which day to which. */
const bridges = {
  school: { view: studentSchools, near: 'school_id' },
  guide: { view: studentGuides, near: 'guide_id' },
  class: { view: classEnrollments, near: 'class_id' },
} as const;

/** `m`: the number of a parent beside each of its keys, and for bridges the days on which they hold. */
export interface Members {
  readonly from: string;
  readonly key: SqlColumn;
  readonly isHeld: boolean;
  /** Whether a member belongs to another parent of the kind, too. */
  readonly isShared?: () => string;
}

/** The keys that can be somebody's at all; the others have no rows. */
export function possibleKeys(sql: Sql, subject: Subject, keys: readonly string[], row: SqlColumn): readonly string[] {
  return subject === 'organization' ? keys : recordedIds(nearOf(sql, subject, row), keys);
}

function nearOf(sql: Sql, subject: Subject, row: SqlColumn): SqlColumn {
  const bridge = subject in bridges ? bridges[subject as keyof typeof bridges] : undefined;
  return bridge ? sql.rows(bridge.view, 'l').column(bridge.near) : row;
}

/** `row` is the column of the rows that the members are compared with. */
export function membersOf(
  sql: Sql,
  subject: Exclude<Subject, 'everything'>,
  keys: readonly string[],
  row: SqlColumn,
  timing: Timing,
): Members {
  if (subject === 'organization') return ofOrganizations(sql, keys);
  const near = nearOf(sql, subject, row);
  const type = operandType(near);
  const asked = `unnest(${sql.param(keys, `${type}[]`)}) with ordinality`;
  if (subject === 'student' || subject === 'app') {
    return { from: `${asked} as m (key, n)`, key: { ...row, sql: 'm.key', type }, isHeld: false };
  }
  const { view } = bridges[subject];
  const link = reading(sql, view, 'l');
  const far = link.rows.column('student_id');
  const key = asWritten(far);
  const conditions = [
    sameKey(near, { ...near, sql: 'k.key', type }),
    ...link.conditions,
    ...holds(link.rows, timing),
    isStudent(sql, far),
  ];
  const from = `(
select k.n, k.key as parent, l.key, range_agg(daterange(l.begin_date, l.end_date)) as held
from ${asked} as k (key, n)
cross join lateral (select ${key.sql} as key, l.begin_date, l.end_date from ${link.from} where ${all(conditions)} offset 0) l
group by 1, 2, 3
) m`;
  const member = { ...key, sql: 'm.key' };
  const isShared = () => {
    const other = reading(sql, view, 'o');
    return sql.exists(other.from, [
      sameKey(other.rows.column('student_id'), member),
      `o.${bridges[subject].near}::text <> m.parent::text`,
      ...other.conditions,
      ...holds(other.rows, timing),
    ]);
  };
  return { from, key: member, isHeld: true, isShared };
}

/**
 * Links that hold on some day of the periods. No begin means always, no end means still; the day of the end is the first on
 * which it no longer holds. Where nobody sees the state of a link, a deleted one would be a false fact.
 */
function holds({ sql, view, alias }: Rows, timing: Timing): readonly string[] {
  const [begin, end] = [`${alias}.begin_date`, `${alias}.end_date`];
  const spans = spansOf(timing).map(({ from, until }) =>
    all([
      `(${begin} is null or ${begin} < ${sql.param(until, 'date')})`,
      `(${end} is null or ${end} > ${sql.param(from, 'date')})`,
    ]),
  );
  return [
    `(${begin} is null or ${end} is null or ${begin} < ${end})`,
    combine(spans, 'or', 'false'),
    ...('status' in view.columns ? [`${alias}.status::text <> 'tobedeleted'`] : []),
  ];
}

/** Organisations have their students of today, each once: no view says since when. */
function ofOrganizations(sql: Sql, keys: readonly string[]): Members {
  const { rows, from, conditions } = reading(sql, students);
  const id = rows.column('id');
  return {
    from: `(
select k.n, ${id.sql} as key, o.organizations
from ${from}
cross join lateral (
select o.id::text, count(*) over () as organizations
from (select distinct o.id from unnest(${rows.column('org_ids').sql}) as o (id) where o.id is not null) o
) o
join unnest(${sql.param(keys, 'text[]')}) with ordinality as k (key, n) on o.id = k.key${whereAll(conditions)}
) m`,
    key: { ...id, sql: 'm.key' },
    isHeld: false,
    isShared: () => 'm.organizations > 1',
  };
}

function isStudent(sql: Sql, key: SqlColumn): string {
  const { rows, from, conditions } = reading(sql, students);
  return sql.exists(from, [sameKey(rows.column('id'), key), ...conditions]);
}

/** Read once and hashed: made a join of, the planner would read all students again for every row. */
export function isAnyStudent(sql: Sql, key: SqlColumn): string {
  const { rows, from, conditions } = reading(sql, students);
  const id = rows.column('id');
  const [one, other] =
    id.type === key.type && id.type !== 'citext' ? [key.sql, id.sql] : [`${key.sql}::text`, `${id.sql}::text`];
  return `(${one} in (select ${other} from ${from}${whereAll(conditions)})) is true`;
}
