/**
 * A few hundred rows for all views, made so that everything that can go wrong in a list is in them: nulls wherever they may
 * be, equal values, whole rows twice, texts of signs, scripts and cases, keys that lead nowhere, cycles.
 */
import { vocabularies } from '../../catalogue/facts.ts';
import { chance, type Chance } from './chance.ts';
import { keys, openKeys, orders } from './keys.ts';
import { columnsOf, isEnum, isNullable, typeOf, viewNames, type TextRow } from './world.ts';

/** Letters and signs on whose order every version of ICU agrees. */
const texts = [
  '', ' ', 'a', 'A', 'á', 'Á', 'ab', 'a b', 'a%b', 'a_b', 'a\\b', 'B', 'b', '%', '_', '\\', '50%', '50_', '\\%', "it's",
  '"quoted"', '{a,b}', 'null', 'NULL', 'Straße', 'STRASSE', 'Ünal', 'ünal', 'Émile', 'e\u0301mile', 'Ω', 'ω', 'Ж', 'ж', 'א', 'שלום',
  'مرحبا', '日本', '😀', 'a😀', '0', '9', '10', '  lead', 'tab\there', 'new\nline', "'; drop table students; --", 'Ada Lovelace',
]; // prettier-ignore

const days = [
  '1999-12-31', '2024-02-29', '2025-01-01', '2025-06-15', '2025-06-16', '2025-06-17', '2025-12-31', '2026-01-01', '2031-08-09',
]; // prettier-ignore

const moments = [
  '1969-12-31 23:59:59.999999', '2025-06-15 00:00:00', '2025-06-15 23:59:59.999', '2025-06-15 23:59:59.9995', '2025-06-16 09:55:00',
  '2025-06-16 09:55:00.000001', '2025-06-16 09:55:00.000002', '2025-06-16 09:55:00.1', '2025-06-16 09:55:00.12', '2026-01-01 00:00:00.123456',
]; // prettier-ignore

const wholes = ['-1', '0', '1', '2', '3', '10', '2147483647'];

/** Some are equal and written otherwise. */
const decimals = ['-3.25', '0', '0.0', '0.1', '0.10', '0.5', '1', '1.00', '87.5', '99.99', '100', '1234567.25'];

const sizes: Readonly<Record<string, number>> = { grades: 6, subjects: 8, case_subjects: 7, learning_apps: 7 };
const usualSize = 14;
const repeatingSize = 18;

/** Which ids the rows of a view may have. Some ids are addresses, which differ in nothing but the case of a letter. */
function ownIds(view: string): string[] {
  const random = chance(`ids of ${view}`);
  const size = sizes[view] ?? usualSize;
  const uuids = Array.from({ length: size }, () => random.uuid());
  if (view === 'sessions') return uuids.map((id, index) => (index % 2 ? `urn:uuid:${id}` : id));
  if (view !== 'questions' && view !== 'tests') return uuids;
  const address = (index: number) => `https://example.org/${view}/${index % 2 ? 'Item' : 'item'}-${index >> 1}`;
  return uuids.map((id, index) => (index < size / 2 ? address(index) : id));
}

const nobody = chance('keys that lead nowhere');
const strangers = [nobody.uuid(), nobody.uuid()];

const districts = [nobody.uuid(), nobody.uuid()];

const ids = new Map(
  viewNames
    .filter((view) => orders[view]!.unique.length === 1)
    .filter((view) => !keys.some(([from]) => from === `${view}.${orders[view]!.unique[0]}`))
    .map((view) => [view, ownIds(view)]),
);

/** The organisations that scope rows: schools, and districts above them. */
export const organizations = { schools: ids.get('schools')!.slice(0, 3), districts };

function idsBehind(to: string): string[] {
  const views = openKeys[to] ?? [to.split('.')[0]!];
  // Content is a large world: only some of it is used here, so that things meet.
  if (views.length > 1) return views.flatMap((view) => ids.get(view)!.slice(0, 4));
  return ids.get(views[0]!)!;
}

/** Whoever a row is about decides who sees it, so that two rows about one student are seen alike. */
function orgIdsOf(row: TextRow): string[] {
  const random = chance(`organisations of ${row['student_id'] ?? row['session_id'] ?? row['id']}`);
  return random.some([...organizations.schools, ...districts], 3);
}

function literal(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

function makeValue(random: Chance, view: string, column: string): string | null {
  if (isNullable(view, column) && random.happens(0.25)) return null;
  const type = typeOf(view, column);
  const key = keys.find(([from]) => from === `${view}.${column}`);
  const subjectTitles = column === 'subject_title' || (view === 'subjects' && column === 'title');
  if (subjectTitles) return random.pick(texts.slice(2, 12));
  if (view === 'schools' && column === 'parent_id') return random.pick([...organizations.schools, ...districts]);
  if (view === 'resource_relations' && column === 'relationship_type')
    return random.pick(['isPartOf', 'isPartOf', 'precedes']);
  if (key) {
    const possible = idsBehind(key[1]);
    if (type === '[ID]') return literal(random.some([...possible.slice(0, 4), strangers[0]!], 3));
    return random.happens(0.15) ? random.pick(strangers) : random.pick(possible);
  }
  if (isEnum(type)) return random.happens(0.15) ? 'unheard_of' : random.pick(vocabularies[type]!);
  switch (type) {
    case 'ID':
      return random.pick(['exec_42', 'exec_43', 'Exec_42', '%', 'a"b\\c']);
    case 'Int':
      return random.pick(wholes);
    case 'Float':
      return random.pick(decimals);
    case 'Boolean':
      return random.pick(['true', 'false']);
    case 'Date':
      return random.pick(days);
    case 'DateTime':
      return random.pick(moments);
    default:
      return random.pick(texts);
  }
}

function makeRow(random: Chance, view: string, key?: readonly [column: string, id: string]): TextRow {
  const columns = columnsOf(view).filter((column) => column !== 'org_ids');
  const row = Object.fromEntries(
    columns.map((column) => [column, column === key?.[0] ? key[1] : makeValue(random, view, column)]),
  );
  return columnsOf(view).includes('org_ids') ? { ...row, org_ids: literal(orgIdsOf(row)) } : row;
}

function makeRows(view: string): TextRow[] {
  const random = chance(`rows of ${view}`);
  const { unique } = orders[view]!;
  if (unique.length === 0) {
    const once = Array.from({ length: repeatingSize - 7 }, () => makeRow(random, view));
    const twin = random.pick(once);
    return random.shuffle([...once, twin, twin, twin, ...random.shuffle(once).slice(0, 4)]);
  }
  if (unique.length === 1) {
    const [column] = unique;
    const key = keys.find(([from]) => from === `${view}.${column}`);
    const possible = key ? [...random.shuffle(idsBehind(key[1])).slice(0, -2), ...strangers] : ids.get(view)!;
    return random.shuffle(possible).map((id) => makeRow(random, view, [column!, id]));
  }
  const made = Array.from({ length: usualSize * 2 }, () => makeRow(random, view));
  const byKey = new Map(made.map((row) => [JSON.stringify(unique.map((column) => row[column])), row]));
  return [...byKey.values()].slice(0, usualSize + 2);
}

/** Something that is part of itself, and two things that are part of each other. */
function cycles(): TextRow[] {
  const [first, second] = ids.get('units')!;
  const isPartOf = (source: string, destination: string) => ({
    source_resource_id: source,
    destination_resource_id: destination,
    relationship_type: 'isPartOf',
    item_order: '2',
  });
  return [isPartOf(first!, first!), isPartOf(first!, second!), isPartOf(second!, first!)];
}

export function smallData(): Map<string, readonly TextRow[]> {
  const data = new Map<string, readonly TextRow[]>(viewNames.map((view) => [view, makeRows(view)]));
  const [attempt] = data.get('attempts')!;
  const tried = [...openKeys['resource']!.map((view) => ids.get(view)![0]!), strangers[0]!];
  // In capitals it is the id of something else, also beside its twin.
  const twins = [...tried, ...ids.get('questions')!.slice(-2)].flatMap((id) => [id, id.toUpperCase()]);
  const attempts = twins.map((resource_id) => ({ ...attempt!, resource_id }));
  data.set('attempts', [...data.get('attempts')!, ...attempts]);
  // A key in capitals, and a row with an id in capitals: at their other ends there are columns of UUIDs, which know no capitals.
  const [session, lesson] = [data.get('sessions')![0]!, data.get('lessons')![0]!];
  const app = ids.get('learning_apps')![0]!.toUpperCase();
  const isOfLesson = ({ parent_id: id }: TextRow) => ids.get('lessons')!.includes(id!);
  const tested = data.get('test_parents')!.find(isOfLesson)!['parent_id']!;
  data.set('sessions', [...data.get('sessions')!, { ...session, id: 'in another app', learning_app_id: app }]);
  data.set('lessons', [...data.get('lessons')!, { ...lesson, id: tested.toUpperCase() }]);
  // The same id is that of a test, which is nobody's parent.
  data.set('tests', [...data.get('tests')!, { ...data.get('tests')![0]!, id: tested }]);
  // A part of a word may end with a letter that is written otherwise where a word ends.
  const [course] = data.get('courses')!;
  const greek = ['ΝΙΚΟΣΑ', 'Νίκος'].map((title) => ({ ...course!, id: nobody.uuid(), title }));
  data.set('courses', [...data.get('courses')!, ...greek]);
  data.set('resource_relations', [...data.get('resource_relations')!, ...cycles()]);
  return data;
}

/** What a database may hold and no answer can. */
const untold: Readonly<Record<string, readonly string[]>> = {
  Float: ['NaN', 'Infinity', '-Infinity'],
  Date: ['infinity', '-infinity', '12025-03-01', '0044-03-15 BC'],
  DateTime: ['infinity', '-infinity', '12025-03-01 10:00:00', '0045-02-29 12:00:00 BC'],
};

/** The same rows, with such values wherever there was none. */
export function untoldData(): Map<string, readonly TextRow[]> {
  const fill = (view: string, row: TextRow, random: Chance) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => {
        const strange = untold[typeOf(view, column)];
        return [column, value === null && strange ? random.pick(strange) : value];
      }),
    );
  return new Map(
    Array.from(smallData(), ([view, rows]) => {
      const random = chance(`untold values of ${view}`);
      return [view, rows.map((row) => fill(view, row, random))];
    }),
  );
}
