import pg from 'pg';

/** Tables by the column that says whose their rows are. */
const owned: readonly (readonly [table: string, column: string])[] = [
  ['one_roster_role', 'user_id'],
  ['one_roster_user_agent', 'source_user_id'],
  ['one_roster_enrollment', 'user_id'],
  ['placement_student_subject_placement', 'student_id'],
  ['gradebook_assessment_result', 'student_id'],
  ['clr_achievement_credential', 'credential_subject_id'],
  ['caliper_session', 'user_id'],
  ['caliper_attempt', 'assignee_id'],
  ['insights_session', 'user_id'],
  ['insights_recommendation', 'user_id'],
  ['tb_xp_ledger', 'user_id'],
];

/** Rows that go with another one: without it, they would lead nowhere. */
const followers = [
  ['insights_session', 'caliper_session_id', 'caliper_session'],
  ['insights_insight', 'session_id', 'insights_session'],
  ['insights_review', 'insight_id', 'insights_insight', 'id'],
  ['caliper_score', 'attempt_id', 'caliper_attempt'],
  ['caliper_event', 'attempt_id', 'caliper_attempt'],
  ['caliper_event', 'session_id', 'caliper_session'],
  ['tb_xp_ledger', 'event_id', 'caliper_event'],
] as const;

/** Keeps what the cards of schools say, which counts people whom a caller may not see, and is shown to her all the same. */
export async function freezeSchools(url: string): Promise<void> {
  const client = await opened(url);
  await client.query(
    `select set_config('search_path', 'analytics_production', false), set_config('app.allowed_org_ids', '*', false)`,
  );
  for (const view of ['schools', 'school_usage_stats']) {
    await client.query(`alter view ${view} rename to live_${view}`);
    await client.query(`create table ${view} as select * from live_${view}`);
  }
  await client.end();
}

/** Takes everything about everybody else out of the source tables: not hidden by anything that is under test. */
export async function keepOnly(url: string, people: string): Promise<void> {
  const client = await opened(url);
  await client.query(`create temporary table kept as ${people}`);
  for (const [table, column] of owned) await client.query(`delete from ${table} where ${column} not in (table kept)`);
  for (const [table, column, other] of followers)
    await client.query(`delete from ${table} where ${column} not in (select id from ${other})`);
  // Whom a student's own rows name as her guide is named, whoever else may see him.
  await client.query(
    `delete from one_roster_user
     where id not in (table kept) and id not in (select agent_user_id from one_roster_user_agent)`,
  );
  await client.query('analyze');
  await client.end();
}

async function opened(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('set search_path = analytics_production_source');
  // No foreign key is looked at: what goes with what is said above.
  await client.query('set session_replication_role = replica');
  return client;
}

/**
 * The demo with a few people of each role at each organisation and a few rows of each of them, so that all can be asked of it
 * in little time; and with a mark in every text about somebody that tells whose it is.
 */
export async function makeWorld(url: string): Promise<void> {
  const client = await opened(url);
  for (const [table, owner, order, most] of [
    ['caliper_session', 'user_id', 'started_at_time desc', 4],
    ['caliper_attempt', 'assignee_id', 'started_at_time desc', 8],
    ['tb_xp_ledger', 'user_id', 'date_created desc', 4],
  ] as const)
    await client.query(
      `delete from ${table} where id in (
         select id from (select id, row_number() over (partition by ${owner} order by ${order}, id) as place from ${table}) placed
         where place > ${most}
       )`,
    );
  for (const mark of [
    `update one_roster_user set given_name = given_name || ' ' || id`,
    `update insights_recommendation set title = user_id, content = content || ' ' || user_id, feedback_text = user_id`,
    `update insights_insight i set reason = reason || ' ' || s.user_id from insights_session s where s.id = i.session_id`,
    `update one_roster_class set class_code = class_code || ' ' || id`,
  ])
    await client.query(mark);
  await client.end();
  await keepOnly(
    url,
    `select distinct user_id from (
       select user_id, row_number() over (partition by org_id, role, status, end_date is null order by user_id) as place
       from one_roster_role
     ) placed where place <= 4`,
  );
}
