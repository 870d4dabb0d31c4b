import { Chance } from '../chance.ts';
import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { adults, organizations, students } from '../landmarks.ts';
import { drawName, type Mailroom, type Name } from './names.ts';
import { schools, type School } from './organizations.ts';
import { sections, type Pupil, type Section } from './people.ts';
import { addPerson, type Role } from './person.ts';

export interface Staff {
  /** The guide of each section, by the section's key. */
  readonly guideOf: ReadonlyMap<string, string>;
  /** By the school's key. */
  readonly principalOf: ReadonlyMap<string, string>;
}

const begun = '2025-08-04';

/** Guides that a test or a page of the docs names, in the place of one that is drawn. */
const namedGuides = new Map<string, { id: string; name: Name; hasMail?: boolean }>([
  ['juniper/4A', { id: adults.guide, name: { given: 'Samuel', family: 'Adeyinka' } }],
  ['cottonwood/6A', { id: adults.parentAndTeacher, name: { given: 'Marisol', family: 'Quintero' } }],
  ['beacon/7A', { id: adults.guideWithoutMail, name: { given: 'Edda', family: 'Sørensen' }, hasMail: false }],
  ['lighthouse', { id: adults.teacherAndPrincipal, name: { given: 'Wiremu', family: 'Paraone' } }],
]);

export function addStaff(data: Dataset, mailroom: Mailroom): Staff {
  const guide = (key: string, school: School, role: 'teacher' | 'principal'): [key: string, id: string] => {
    const named = namedGuides.get(key);
    const id = named?.id ?? demoId(`guide/${key}`);
    const name = named?.name ?? drawName(new Chance(id));
    const mail = named?.hasMail === false ? null : mailroom.address(name, school.mailDomain);
    addPerson(data, { id, ...name, mail }, [{ org: school.id, role, begin: begun }, ...furtherRoles(id)]);
    return [key, id];
  };
  return {
    guideOf: new Map(sections.map(({ key, school }) => guide(key, school, 'teacher'))),
    principalOf: new Map(Object.values(schools).map((school) => guide(school.key, school, 'principal'))),
  };
}

function furtherRoles(id: string): Role[] {
  if (id === adults.parentAndTeacher) {
    return [{ org: organizations.cottonwood, role: 'parent', type: 'secondary', begin: begun }];
  }
  if (id === adults.teacherAndPrincipal) {
    return [{ org: organizations.lighthouse, role: 'teacher', type: 'secondary', begin: begun }];
  }
  return [];
}

/** The guide of the section for all, the principal for a few, a parent for some. */
export function addBonds(data: Dataset, staff: Staff, pupils: readonly Pupil[], mailroom: Mailroom): void {
  for (const pupil of pupils) {
    if (!pupil.isGuided) continue;
    const chance = new Chance(`bonds/${pupil.id}`);
    const year = chance.between(2024, 2026);
    addBond(data, pupil.id, guideOf(staff, pupil.section), 'teacher', { begin: `${year}-08-17`, since: year });
    if (chance.happens(0.08)) {
      const principal = staff.principalOf.get(pupil.section.school.key);
      if (principal !== undefined)
        addBond(data, pupil.id, principal, 'principal', { begin: '2026-08-17', since: 2026 });
    }
    if (chance.happens(0.12) && pupil.id !== students.maya) addParent(data, pupil, chance, mailroom);
  }
}

function addParent(data: Dataset, pupil: Pupil, chance: Chance, mailroom: Mailroom): void {
  const name = { given: drawName(chance).given, family: pupil.family };
  const id = demoId(`parent/${pupil.id}`);
  addPerson(data, { id, ...name, mail: mailroom.address(name, 'home.example') }, [
    { org: pupil.section.school.id, role: 'parent', begin: begun },
  ]);
  addBond(data, pupil.id, id, chance.happens(0.8) ? 'parent' : 'guardian', { begin: null, since: 2025 });
}

export interface Period {
  readonly begin: string | null;
  readonly end?: string;
  /** The year in which somebody wrote it down. */
  readonly since: number;
  readonly changed?: string;
  /** Tells apart what is equal in all else. */
  readonly copy?: number;
}

export function addBond(data: Dataset, student: string, agent: string, type: string, period: Period): void {
  const { begin, end, since, changed, copy = 1 } = period;
  const created = `${since}-08-12T14:20:05.250Z`;
  data.add('one_roster_user_agent', {
    id: demoId(`bond/${student}/${agent}/${type}/${begin}/${copy}`),
    source_user_id: student,
    agent_user_id: agent,
    relationship_type: type,
    status: end === undefined ? 'active' : 'inactive',
    begin_date: begin,
    end_date: end ?? null,
    date_created: created,
    date_last_modified: changed ?? created,
  });
}

export function guideOf(staff: Staff, section: Section): string {
  const guide = staff.guideOf.get(section.key);
  if (guide === undefined) throw new Error(`Section ${section.key} has no guide`);
  return guide;
}
