import { sessions } from '../../schema/views/sessions.ts';
import type { Reckoned, FigureSource } from '../../schema/metrics/sources.ts';
import { reading } from '../sql/policy.ts';
import { asWritten, comparable, exact, momentOf, answerable } from '../sql/column.ts';
import { sameKey } from '../sql/keys.ts';
import { all, type Sql, type SqlColumn } from '../sql/sql.ts';
import { Clock } from './clock.ts';
import { isAnyStudent, membersOf, type Members, type Subject } from './members.ts';
import type { Timing } from './periods.ts';

/** Of whom, when and of which rows: what one select of figures is made from. */
export interface Asked {
  readonly source: FigureSource;
  readonly subject: Subject;
  /** The parents; of the whole view there are none. */
  readonly keys: readonly string[];
  readonly timing: Timing;
}

/** For every parent and every period in which it has rows: their numbers, then the figures. */
export function figuresText(sql: Sql, asked: Asked, figures: readonly string[]): string {
  const { source, subject, keys, timing } = asked;
  const clock = new Clock(sql, source, timing);
  const members = subject === 'everything' ? undefined : membersOf(sql, subject, keys, rowKey(sql, asked), timing);
  const of = reckonedOf(sql, source);
  const reckoned = figures.map((name) => source.figures[name]!(of)).join(', ');
  if (source.standing) {
    return [
      `select v.n, p.slot, ${reckoned}`,
      `from ${alikeText(sql, asked, members, clock)}`,
      `cross join ${clock.periods()}`,
      ...(members?.isHeld ? ['where v.held @> (p.day - 1)'] : []),
      'group by 1, 2',
    ].join('\n');
  }
  return [
    `select ${members ? 'm.n' : '1'}, ${clock.slot()}, ${reckoned}`,
    `from ${rowsOf(sql, asked, members, [clock.isWithin()])}`,
    ...(source.beside ? [lookedUp(sql, source)] : []),
    ...(members?.isHeld ? [`where m.held @> ${clock.day()}`] : []),
    'group by 1, 2',
  ].join('\n');
}

/** What stands at a time, counted by all that tells it apart: of that a little comes beside each of many periods, and not every row. */
function alikeText(sql: Sql, asked: Asked, members: Members | undefined, clock: Clock): string {
  const of = reckonedOf(sql, asked.source);
  const apart = [
    members ? 'm.n' : '1 as n',
    ...(members?.isHeld ? ['m.held'] : []),
    ...asked.source.standing!.map((name) => `${of(name)} as ${name}`),
    `coalesce(${clock.passed()}, 0) as passed`,
  ];
  return `(
select ${apart.join(', ')}, count(*) as alike
from ${rowsOf(sql, asked, members, [])}
group by ${apart.map((_, index) => index + 1).join(', ')}
) v`;
}

/** How many students of each parent belong to another one as well. */
export function sharedText(members: Members): string {
  return `select m.n, 1, count(*)\nfrom ${members.from}\nwhere ${members.isShared!()}\ngroup by 1`;
}

/** The column by which a row is somebody's. */
export function rowKey(sql: Sql, { source, subject }: Asked): SqlColumn {
  const rows = sql.rows(source.view, 'v');
  if (subject !== 'app') return rows.column('student_id');
  if (source.app === 'own') return rows.column('learning_app_id');
  return { ...sql.rows(sessions, 's').column('learning_app_id'), sql: 'v.app' };
}

/** The rows as `v`, beside the members whose they are. */
function rowsOf(sql: Sql, asked: Asked, members: Members | undefined, within: readonly string[]): string {
  const { source, subject } = asked;
  const read = reading(sql, source.view, 'v');
  const student = read.rows.column('student_id');
  const rows = (conditions: readonly string[], more = '') =>
    `(
select v.*${more}
from ${read.from}
where ${all([...conditions, ...within, ...read.conditions])}
offset 0
) v`;
  if (!members) return rows([isAnyStudent(sql, student)]);
  const own = sameKey(rowKey(sql, asked), members.key);
  // Filtering views are fences for the planner, who looks rows up behind one only if they are asked for from the side.
  if (subject !== 'app') return `${members.from}\ncross join lateral ${rows([own])}`;
  if (source.app === 'own') return `${members.from}\ncross join lateral ${rows([own, isAnyStudent(sql, student)])}`;
  const session = reading(sql, sessions, 's');
  const same = sameKey(session.rows.column('id'), read.rows.column('session_id'));
  const seen = all([same, ...session.conditions]);
  const app = `(select s.learning_app_id from ${session.from} where ${seen} limit 1) as app`;
  return `${rows([isAnyStudent(sql, student)], `, ${app}`)}\njoin ${members.from} on ${own}`;
}

function lookedUp(sql: Sql, { view, beside }: FigureSource): string {
  const { view: other, column, onlyIf } = beside!;
  const found = reading(sql, other, 'b');
  const rows = sql.rows(view, 'v');
  const same = sameKey(found.rows.column('session_id'), rows.column('id'));
  return `left join lateral (
select ${column ? exact(answerable(found.rows.column(column))) : 'true'} as found
from ${found.from}
where ${all([...(onlyIf ? [rows.column(onlyIf).sql] : []), same, ...found.conditions])}
limit 1
) b on true`;
}

function reckonedOf(sql: Sql, { view }: FigureSource): Reckoned {
  const rows = sql.rows(view, 'v');
  const of = (name: string) => {
    const column = answerable(rows.column(name));
    if (column.kind === 'int' || column.kind === 'float') return exact(column);
    if (column.kind === 'dateTime') return momentOf(column);
    return comparable(asWritten(column));
  };
  return Object.assign(of, { beside: 'b.found', alike: 'v.alike', stood: 'v.passed < p.number' });
}
