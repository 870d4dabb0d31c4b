import { keyColumn, type View } from '../../schema/view.ts';
import { schools, students } from '../../schema/views/students.ts';
import { sameKey } from './keys.ts';
import { isOneOf } from './operand.ts';
import type { Rows, Sql, Table } from './sql.ts';

/** A table, with what may be joined to it, and the conditions on its rows. */
export interface Reading extends Table {
  readonly conditions: readonly string[];
}

/**
 * A view as the caller may read it. Lists, lookups, edges, filters, orders and counts all begin with one: there is no other way to
 * a view, so that no statement can forget the policy. An alias may be given, or a table that has rows of the view.
 */
export function reading(sql: Sql, view: View, as?: string | Table): Reading {
  const { rows, from } = typeof as === 'object' ? as : sql.from(view, as);
  return { rows, from, conditions: visible(rows) };
}

/** Which rows of a view the caller may see, beyond what the view itself decides: the conditions that its policy adds. */
function visible(rows: Rows): readonly string[] {
  const { sql, view } = rows;
  // A view that filters itself does so by the setting of the transaction; whoever reads reference data is identified.
  if (view.scope === 'rows' || view.scope === 'reference') return [];
  if (sql.scope.kind === 'unrestricted') return [];
  return [view.scope === 'student' ? ofVisibleStudent(rows) : ofOwnSchool(rows, sql.scope.orgIds)];
}

function ofVisibleStudent(rows: Rows): string {
  const student = rows.sql.from(students);
  const same = sameKey(student.rows.column('id'), rows.column('student_id'));
  return rows.sql.exists(student.from, [same]);
}

/** The school, or the one directly above it, is the caller's; never a sibling, never upwards, never a row without a school. */
function ofOwnSchool(rows: Rows, orgIds: readonly string[]): string {
  const { sql, view } = rows;
  if (view.name === schools.name) {
    const own = isOneOf(sql, rows.column('id'), orgIds);
    return `(${own} or ${isOneOf(sql, rows.column('parent_id'), orgIds)})`;
  }
  const schoolId = rows.column(view.columns['school_id'] ? 'school_id' : keyColumn(view)!);
  const school = sql.from(schools);
  const same = sameKey(school.rows.column('id'), schoolId);
  const under = isOneOf(sql, school.rows.column('parent_id'), orgIds);
  return `(${isOneOf(sql, schoolId, orgIds)} or ${sql.exists(school.from, [same, under])})`;
}
