/**
 * The types of the graph: one line for each view. A type that the catalogue gives an id is loadable: an edge returns the id, and
 * all ids of a tick become one select.
 */
import { rowByKey } from '../loaders/rowByKey.ts';
import { idOf } from '../loaders/ids.ts';
import { visibleOrgIds } from '../loaders/orgIds.ts';
import type { AnyRow } from '../loaders/sql/select.ts';
import type { Context } from '../src/context.ts';
import type { Builder } from './builder.ts';
import type { Inputs } from './inputs.ts';
import type { createOrganization } from './organization.ts';
import type { createResource } from './resources.ts';
import { directives, personal } from './tags.ts';
import { fieldName, keyColumn, type Domain, type KeyRow, type View } from './view.ts';
import * as curriculum from './views/curriculum.ts';
import * as insights from './views/insights.ts';
import * as sessions from './views/sessions.ts';
import * as students from './views/students.ts';
import { resourceViews } from './ways.ts';

/** Types with an id: a resolver may answer with the id alone. */
function loadable<V extends View>(builder: Builder, view: V) {
  // Which columns a row has follows from the operation; edges are promised the keys, which are always among them.
  const load = (ids: readonly string[], context: Context) => rowByKey(context, view, ids) as Promise<never[]>;
  const ref = builder.loadableObjectRef<KeyRow<V>, string>(view.type, { load });
  // The plugin keeps the loaders of all requests in a WeakMap of its own. They lead back to their request, and what a WeakMap
  // holds is alive to V8 until it collects everything: no request would die young, with all that was read for it.
  const name = `rows of ${view.name}`;
  const loaderOf = (context: Context) => context.batch(name, (ids) => load(ids, context));
  ref.getDataloader = loaderOf as unknown as typeof ref.getDataloader;
  return ref;
}

/** Types without a unique grain: they are met in lists only. */
function listed<V extends View>(builder: Builder, view: V) {
  return builder.objectRef<KeyRow<V>>(view.type);
}

export function createTypes(builder: Builder) {
  return {
    Subject: loadable(builder, curriculum.subjects),
    Course: loadable(builder, curriculum.courses),
    Unit: loadable(builder, curriculum.units),
    Lesson: loadable(builder, curriculum.lessons),
    Test: loadable(builder, curriculum.tests),
    Question: loadable(builder, curriculum.questions),
    UnitCourse: loadable(builder, curriculum.unitCourses),
    TestParent: loadable(builder, curriculum.testParents),
    QuestionTest: loadable(builder, curriculum.questionTests),
    ResourceRelation: listed(builder, curriculum.resourceRelations),
    CurriculumItem: loadable(builder, curriculum.curriculumItems),
    CaseCourse: loadable(builder, curriculum.caseCourses),
    CaseSubject: loadable(builder, curriculum.caseSubjects),
    Grade: loadable(builder, curriculum.grades),
    LearningApp: loadable(builder, curriculum.learningApps),
    LearningAppSubject: loadable(builder, curriculum.learningAppSubjects),

    Student: loadable(builder, students.students),
    Guide: loadable(builder, students.guides),
    StudentGuide: listed(builder, students.studentGuides),
    School: loadable(builder, students.schools),
    StudentSchool: listed(builder, students.studentSchools),
    SchoolUsageStats: loadable(builder, students.schoolUsageStats),
    StudentStartDates: loadable(builder, students.studentStartDates),
    StudentEnrollment: loadable(builder, students.studentsEnrollments),
    Class: loadable(builder, students.classes),
    ClassEnrollment: loadable(builder, students.classEnrollments),
    CourseEnrollment: loadable(builder, students.courseEnrollments),
    PlacementResult: loadable(builder, students.placementResults),
    StudentMastery: listed(builder, students.studentsMastery),

    Session: loadable(builder, sessions.sessions),
    Attempt: listed(builder, sessions.attempts),
    AggregatedSessionAttempts: loadable(builder, sessions.aggregatedSessionAttempts),
    StudentJournal: loadable(builder, sessions.studentJournals),
    StudentXp: listed(builder, sessions.studentsXp),

    WasteInsight: listed(builder, insights.wasteInsights),
    CheatingInsight: listed(builder, insights.cheatingInsights),
    ProctoringInsight: listed(builder, insights.proctoringInsights),
    SessionWaste: loadable(builder, insights.sessionsWaste),
    SessionCheating: loadable(builder, insights.sessionsCheating),
    SessionProctoring: loadable(builder, insights.sessionsProctoring),
    Recommendation: loadable(builder, insights.recommendations),
  };
}

export type Types = ReturnType<typeof createTypes>;

/** The type of whichever view. To the compiler they are all alike. */
export function typeOf(types: Types, { type }: View): Types['Session'] {
  return types[type as 'Session'];
}

interface Surroundings {
  readonly inputs: Inputs;
  readonly types: Types;
  readonly served: ReadonlySet<Domain>;
  readonly CurriculumResource: ReturnType<typeof createResource>;
  readonly Organization: ReturnType<typeof createOrganization>;
}

/** Gives a type its columns; of a type that another subgraph owns, the key alone. */
export function implementType(
  builder: Builder,
  view: View,
  { inputs, types, served, CurriculumResource, Organization }: Surroundings,
): void {
  const isOwn = served.has(view.domain);
  const hasId = view.grain.length > 0;
  if (!isOwn && !hasId) return;
  // The rows of all views meet Pothos here by name, so their shapes are not known to the compiler.
  const ref = typeOf(types, view) as unknown as ReturnType<typeof builder.objectRef<AnyRow>>;
  ref.implement({
    description: view.description,
    interfaces: (resourceViews.includes(view) ? [CurriculumResource] : []) as never,
    ...directives({
      ...(hasId && { key: [{ fields: 'id' }] }),
      ...(isOwn && { tag: [{ name: view.domain }] }),
    }),
    fields: (t) => ({
      ...(isOwn && view.columns['org_ids'] && { organizations: organizations(t, Organization, view) }),
      ...(hasId &&
        keyColumn(view) !== 'id' && {
          id: t.id({ nullable: false, description: idDescription(view), resolve: (row) => idOf(view, row) }),
        }),
      ...Object.fromEntries(
        Object.keys(view.columns)
          .filter((name) => isOwn || name === 'id')
          .map((name) => [fieldName(name), columnField(t, inputs, view, name)]),
      ),
    }),
  });
}

/** Not an edge of some view's key, and the same on each type that has them: the organisations behind `org_ids`. */
function organizations(t: FieldBuilder, Organization: Surroundings['Organization'], view: View) {
  return t.field({
    type: [Organization],
    nullable: { list: true, items: true },
    description: 'The organisations of orgIds.',
    extensions: { needs: ['orgIds'] },
    resolve: async (row, _, context) =>
      (await visibleOrgIds(context, view, row as AnyRow)).map((id) => ({ id })) as never,
  });
}

type FieldBuilder = Parameters<Parameters<ReturnType<Builder['objectRef']>['implement']>[0]['fields'] & {}>[0];

function columnField(t: FieldBuilder, inputs: Inputs, view: View, name: string) {
  const column = view.columns[name]!;
  const { kind, isNullable, description } = column;
  const extensions = { ...personal(column).extensions, ...(kind === 'prose' && { isLong: true }) };
  const options = { description, nullable: isNullable, extensions };
  if (name === 'org_ids') {
    return t.field({
      ...options,
      type: ['ID'],
      resolve: (row, _, context) => visibleOrgIds(context, view, row as AnyRow),
    });
  }
  // No resolver: the statement gives the row its field names.
  if (kind === 'ids') return t.expose(fieldName(name) as never, { ...options, type: ['ID'] } as never);
  return t.expose(fieldName(name) as never, { ...options, type: inputs.valueType(column) });
}

function idDescription(view: View): string {
  const key = keyColumn(view);
  return key
    ? `The same as ${fieldName(key)}.`
    : `Opaque: made of ${view.grain.map(fieldName).join(' and ')}, which together make a row unique.`;
}
