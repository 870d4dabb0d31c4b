import pg from 'pg';
import type { Scope } from '../../src/scope.ts';

/** Who has a role now at one of the organisations. */
export function visiblePeople(scope: Scope): string {
  const orgIds = scope.kind === 'organizations' ? scope.orgIds : [];
  return `select distinct user_id as id from one_roster_role
    where status = 'active' and (end_date is null or end_date > (now() at time zone 'UTC')::date)
    and org_id = any('{${orgIds.join(',')}}'::uuid[])`;
}

/**
 * What a caller must never see, found out without the views and without the graph: from the source tables, by roles that are
 * current. Every value is the mark of one person or school, so that wherever it shows up, a row has leaked.
 */
export async function secretsOf(url: string, scope: Scope): Promise<ReadonlySet<string>> {
  if (scope.kind === 'unrestricted') return new Set();
  const client = new pg.Client(url);
  await client.connect();
  await client.query('set search_path = analytics_production_source');
  await client.query(`create temporary view visible_users as ${visiblePeople(scope)}`);
  await client.query(
    `create temporary view visible_schools as
     select id from one_roster_organization where type = 'school'
     and (id = any('{${scope.orgIds.join(',')}}'::uuid[]) or parent_id = any('{${scope.orgIds.join(',')}}'::uuid[]))`,
  );
  // A visible student's own rows name the schools and organisations that she is attached to, whoever they belong to.
  await client.query(
    `create temporary view named_schools as
     select org_id as id from one_roster_role where user_id in (select id from visible_users)
     union select c.school_id from one_roster_enrollment e join one_roster_class c on c.id = e.class_id
     where e.user_id in (select id from visible_users) and c.school_id is not null
     union select parent_id from one_roster_organization where id in (select id from visible_schools)`,
  );
  const { rows } = await client.query<{ secret: string }>(
    `with hidden as (
       select u.id, u.email from one_roster_user u
       where u.id not in (select id from visible_users)
     ), hidden_students as (
       select h.* from hidden h where exists (select from one_roster_role r where r.user_id = h.id and r.role = 'student')
     ), hidden_schools as (
       select id, identifier from one_roster_organization
       where type = 'school' and id not in (select id from visible_schools)
     )
     select id::text as secret from hidden_students
     union select email from hidden where email is not null
     union select s.id from caliper_session s where s.user_id in (select id from hidden_students)
     union select r.id::text from insights_recommendation r where r.user_id in (select id from hidden_students)
     union select i.id::text from insights_insight i join insights_session s on s.id = i.session_id
       where s.user_id in (select id from hidden_students)
     union select e.id::text from one_roster_enrollment e where e.user_id in (select id from hidden_students)
     union select id::text from hidden_schools where id not in (select id from named_schools)
     union select identifier from hidden_schools where identifier is not null
     union select class_code from one_roster_class
       where class_code is not null and (school_id is null or school_id in (select id from hidden_schools))`,
  );
  await client.end();
  return new Set(rows.map(({ secret }) => secret));
}

/** The secrets that an answer gives away, wherever in it they stand. */
export function leaksIn(answer: unknown, secrets: ReadonlySet<string>): readonly string[] {
  if (typeof answer === 'string') return secrets.has(answer) ? [answer] : [];
  if (answer === null || typeof answer !== 'object') return [];
  return Object.values(answer).flatMap((value) => leaksIn(value, secrets));
}

/** The ids among them that stand anywhere in a text, as in the marks that texts about somebody carry. */
export function marksIn(text: string, secrets: ReadonlySet<string>): readonly string[] {
  const ids = text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  return ids.filter((id) => secrets.has(id));
}
