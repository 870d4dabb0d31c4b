/**
 * Rows of the source tables, each by a word of its own: `add.session({ user_id: ada })`. What a test leaves out is filled with
 * something valid that no rule turns on; what it names is what the test is about. Every builder answers the key of its row.
 */
type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;
type Insert = (text: string, values: readonly Cell[]) => Promise<Record<string, unknown>[]>;

type RowOf<Needed extends string, Other extends string> = { readonly [C in Needed]: Cell } & {
  readonly [C in Other]?: Cell;
};
type Build<Needed extends string, Other extends string> = [Needed] extends [never]
  ? (row?: RowOf<never, Other>) => Promise<string>
  : (row: RowOf<Needed, Other>) => Promise<string>;

export type Source = ReturnType<typeof sourceOf>;

export function sourceOf(insert: Insert) {
  let made = 0;
  const next = (word: string) => {
    made += 1;
    return `${word}-${made}`;
  };

  function builder<Needed extends string = never, Other extends string = never>(
    table: string,
    key: string,
    defaults: () => Row = () => ({}),
  ): Build<Needed, Other> {
    const build = async (given: Row = {}): Promise<string> => {
      const row = { ...defaults(), ...given };
      const columns = Object.keys(row);
      const into = columns.map((column) => `"${column}"`).join(', ');
      const places = columns.map((_, index) => `$${index + 1}`).join(', ');
      const text =
        columns.length === 0
          ? `insert into ${table} default values returning ${key}`
          : `insert into ${table} (${into}) values (${places}) returning ${key}`;
      const [inserted] = await insert(text, Object.values(row));
      return String(inserted![key]);
    };
    return build;
  }

  const organization = builder<never, 'id' | 'name' | 'type' | 'identifier' | 'parent_id' | 'status'>(
    'one_roster_organization',
    'id',
    () => ({ name: 'Cedar Hill Elementary', type: 'school' }),
  );
  const user = builder<never, 'id' | 'given_name' | 'family_name' | 'email'>('one_roster_user', 'id', () => ({
    given_name: 'Ada',
    family_name: 'Lovelace',
  }));
  const role = builder<
    'user_id' | 'org_id',
    'role' | 'role_type' | 'begin_date' | 'end_date' | 'admission_date' | 'status'
  >('one_roster_role', 'id', () => ({ role: 'student', role_type: 'primary' }));
  const entity = builder<never, 'id' | 'name' | 'description'>('caliper_entity', 'id', () => ({
    id: next('resource'),
    name: 'Fractions',
  }));
  const resource = builder<'id', 'media_type'>('caliper_assignable_digital_resource', 'id');
  const test = builder<'id'>('caliper_assessment', 'id');
  const question = builder<'id', 'media_type'>('caliper_assessment_item', 'id');

  const insightType = builder<never, 'slug' | 'category' | 'visibility' | 'is_waste'>('insights_type', 'id', () => ({
    slug: next('Slug'),
    category: 'Engagement',
    visibility: 'external',
    is_waste: false,
  }));

  return {
    organization,
    user,
    role,
    /** Somebody with a current student role at each of the organisations. */
    async studentAt(...orgIds: string[]): Promise<string> {
      const id = await user();
      for (const org_id of orgIds) await role({ user_id: id, org_id });
      return id;
    },
    agent: builder<
      'source_user_id' | 'agent_user_id',
      'relationship_type' | 'status' | 'begin_date' | 'end_date' | 'date_created' | 'date_last_modified'
    >('one_roster_user_agent', 'id', () => ({
      relationship_type: 'teacher',
      date_created: '2026-01-05T08:00:00Z',
      date_last_modified: '2026-01-05T08:00:00Z',
    })),
    course: builder<never, 'id' | 'title'>('one_roster_course', 'id', () => ({ title: 'Algebra I' })),
    class: builder<never, 'title' | 'class_code' | 'class_type' | 'course_id' | 'school_id' | 'status'>(
      'one_roster_class',
      'id',
      () => ({ title: 'Algebra I, Period 3' }),
    ),
    classSubject: builder<'class_id' | 'subject_id'>('one_roster_class_subject', 'class_id'),
    classGrade: builder<'class_id' | 'placement_grade_id'>('one_roster_class_grade', 'class_id'),
    enrollment: builder<'user_id' | 'class_id', 'role' | 'primary' | 'begin_date' | 'end_date' | 'status'>(
      'one_roster_enrollment',
      'id',
      () => ({ role: 'student', primary: true }),
    ),
    assessmentResult: builder<'student_id', 'score_date' | 'report_url' | 'status'>(
      'gradebook_assessment_result',
      'id',
      () => ({ report_url: 'https://reports.test/1' }),
    ),

    entity,
    /** An assignable resource together with its entity. */
    async resource({ media_type = null, ...rest }: RowOf<never, 'id' | 'name' | 'description' | 'media_type'> = {}) {
      return resource({ id: await entity(rest), media_type });
    },
    /** An assessment together with its entity. */
    async test(row: RowOf<never, 'id' | 'name' | 'description'> = {}) {
      return test({ id: await entity(row) });
    },
    /** An assessment item together with its entity. */
    async question({ media_type = null, ...rest }: RowOf<never, 'id' | 'name' | 'description' | 'media_type'> = {}) {
      return question({ id: await entity(rest), media_type });
    },
    relation: builder<'source_id' | 'destination_id', 'relationship_type' | 'item_order'>(
      'caliper_resource_relation',
      'id',
      () => ({ relationship_type: 'isPartOf' }),
    ),

    session: builder<never, 'id' | 'user_id' | 'client_id' | 'started_at_time' | 'ended_at_time'>(
      'caliper_session',
      'id',
      () => ({ id: next('session') }),
    ),
    attempt: builder<'assignee_id', 'id' | 'assignable_id' | 'started_at_time' | 'ended_at_time' | 'duration'>(
      'caliper_attempt',
      'id',
      () => ({ id: next('attempt'), assignable_id: next('assignable') }),
    ),
    score: builder<'attempt_id', 'score_given' | 'max_score'>('caliper_score', 'attempt_id'),
    event: builder<never, 'id' | 'attempt_id' | 'session_id' | 'event_time'>('caliper_event', 'id', () => ({
      id: next('event'),
    })),

    insightType,
    /** The one type of journals, made when it is first asked for. */
    async journalType(): Promise<string> {
      const [known] = await insert("select id from insights_type where slug = 'Journal'", []);
      return known ? String(known['id']) : insightType({ slug: 'Journal', category: 'Journal' });
    },
    insightConfig: builder<'insight_type_id', 'requires_review'>('insights_config', 'insight_type_id', () => ({
      requires_review: true,
    })),
    insightsSession: builder<'caliper_session_id' | 'user_id' | 'application_id', 'webcam_enabled' | 'is_proctored'>(
      'insights_session',
      'id',
    ),
    insight: builder<'session_id' | 'insight_type_id', 'started_at_time' | 'ended_at_time' | 'reason' | 'is_visible'>(
      'insights_insight',
      'id',
      () => ({
        started_at_time: '2026-06-17T09:00:00Z',
        ended_at_time: '2026-06-17T09:00:15Z',
        reason: 'Looked away',
        is_visible: true,
      }),
    ),
    review: builder<'insight_id', 'result'>('insights_review', 'insight_id', () => ({ result: 'TruePositive' })),
    recommendation: builder<
      'user_id',
      | 'type'
      | 'source'
      | 'content'
      | 'source_reference_id'
      | 'title'
      | 'visibility'
      | 'generated_at'
      | 'delivered_at'
      | 'feedback_sentiment'
      | 'feedback_text'
      | 'feedback_at'
    >('insights_recommendation', 'id', () => ({
      type: 'daily-coaching',
      source: 'manual',
      content: 'Start with math.',
      visibility: 'student',
      generated_at: '2026-06-17T06:00:00Z',
    })),

    document: builder('cf_document', 'identifier'),
    subject: builder<never, 'title' | 'hierarchy_code' | 'description'>('cf_subject', 'identifier', () => ({
      title: 'Mathematics',
      hierarchy_code: '1',
    })),
    item: builder<never, 'full_statement' | 'human_coding_scheme' | 'item_type' | 'cf_document_id'>(
      'cf_item',
      'identifier',
    ),
    itemSubject: builder<'cf_item_id' | 'subject_id'>('cf_item_subject', 'cf_item_id'),
    grade: builder<never, 'grade_primary_identifier' | 'label' | 'order_number'>('placement_grade', 'id', () => {
      made += 1;
      return { grade_primary_identifier: '04', label: 'Grade 4', order_number: made };
    }),
    placement: builder<'student_id' | 'subject_id', 'grade_id' | 'status' | 'date_last_modified'>(
      'placement_student_subject_placement',
      'id',
    ),
    achievement: builder<never, 'achievement_type' | 'cf_item_id'>('clr_achievement', 'id', () => ({
      achievement_type: 'StandardMastery',
    })),
    credential: builder<'achievement_id' | 'credential_subject_id', 'result_value' | 'awarded_date'>(
      'clr_achievement_credential',
      'id',
    ),
    app: builder<never, 'name' | 'application_type'>('lti_application', 'id', () => ({ name: next('App') })),
    appScope: builder<'lti_application_id' | 'cf_document_id'>(
      'lti_application_curriculum_scope',
      'lti_application_id',
    ),
    appSubject: builder<'lti_application_id' | 'subject_title'>('lti_application_subject', 'lti_application_id'),
    xp: builder<'user_id' | 'application_id' | 'value', 'event_id' | 'date_created'>('tb_xp_ledger', 'id'),
  };
}
