import { keyColumn, type View } from '../../schema/view.ts';
import { schools, students } from '../../schema/views/students.ts';
import { isOneOf, sameKey, type Sql } from './sql.ts';

interface Table {
  readonly alias: string;
  /** What stands behind `from`. */
  readonly from: string;
}

/** A table, or several, and the conditions on their rows. */
export interface Reading extends Table {
  readonly conditions: readonly string[];
}

/**
 * A view as the caller may read it. Lists, lookups, edges, filters, orders and counts all begin with one: there is no other way to
 * a view, so that no statement can forget the policy. An alias may be given, or a table that has rows of the view.
 */
export function reading(sql: Sql, view: View, as?: string | Table): Reading {
  const table = typeof as === 'object' ? as : sql.from(view, as);
  return { ...table, conditions: visible(sql, view, table.alias) };
}

/** Which rows of a view the caller may see, beyond what the view itself decides: the conditions that its policy adds. */
function visible(sql: Sql, view: View, alias: string): readonly string[] {
  // A view that filters itself does so by the setting of the transaction; whoever reads reference data is identified.
  if (view.scope === 'rows' || view.scope === 'reference') return [];
  if (sql.scope.kind === 'unrestricted') return [];
  return [
    view.scope === 'student' ? ofVisibleStudent(sql, view, alias) : ofOwnSchool(sql, view, alias, sql.scope.orgIds),
  ];
}

function ofVisibleStudent(sql: Sql, view: View, alias: string): string {
  const student = sql.from(students);
  const same = sameKey(sql.column(students, student.alias, 'id'), sql.column(view, alias, 'student_id'));
  return sql.exists(student.from, [same]);
}

/** The school, or the one directly above it, is the caller's; never a sibling, never upwards, never a row without a school. */
function ofOwnSchool(sql: Sql, view: View, alias: string, orgIds: readonly string[]): string {
  if (view.name === schools.name) {
    const own = isOneOf(sql, sql.column(schools, alias, 'id'), orgIds);
    return `(${own} or ${isOneOf(sql, sql.column(schools, alias, 'parent_id'), orgIds)})`;
  }
  const schoolId = sql.column(view, alias, view.columns['school_id'] ? 'school_id' : keyColumn(view)!);
  const school = sql.from(schools);
  const same = sameKey(sql.column(schools, school.alias, 'id'), schoolId);
  const under = isOneOf(sql, sql.column(schools, school.alias, 'parent_id'), orgIds);
  return `(${isOneOf(sql, schoolId, orgIds)} or ${sql.exists(school.from, [same, under])})`;
}
