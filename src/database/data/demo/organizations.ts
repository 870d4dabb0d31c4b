import type { Dataset } from '../dataset.ts';
import { organizations } from '../landmarks.ts';
import type { Zone } from './calendar.ts';

export interface School {
  readonly key: string;
  readonly id: string;
  readonly grades: readonly number[];
  readonly zone: Zone;
  readonly mailDomain: string;
}

function school(key: keyof typeof organizations, grades: readonly number[], zone: Zone): School {
  const mailDomain = zone === 'central' ? 'cedarvalley.example' : 'harborview.example';
  return { key, id: organizations[key], grades, zone, mailDomain };
}

/** The six schools that are open and have students. */
export const schools = {
  juniper: school('juniper', [3, 4, 5], 'central'),
  cottonwood: school('cottonwood', [6, 7, 8], 'central'),
  tubman: school('tubman', [3, 4, 5, 6, 7, 8], 'central'),
  pelican: school('pelican', [3, 4, 5], 'pacific'),
  beacon: school('beacon', [6, 7, 8], 'pacific'),
  lighthouse: school('lighthouse', [3, 4, 5, 6, 7, 8], 'pacific'),
} as const;

type Line = [key: keyof typeof organizations, name: string, type: string, identifier: string | null, parent?: string];

const { cedarValley, harborview, juniper } = organizations;

const lines: Line[] = [
  ['cedarValley', 'Cedar Valley School District', 'district', 'CV'],
  ['juniper', 'Juniper Elementary School', 'school', 'CV-101', cedarValley],
  ['cottonwood', 'Cottonwood Middle School', 'school', 'CV-204', cedarValley],
  ['tubman', 'Harriet Tubman Academy', 'school', 'CV-310', cedarValley],
  ['harborview', 'Harborview Unified Schools', 'district', 'HV'],
  ['pelican', 'Pelican Bay Elementary School', 'school', 'HV-01', harborview],
  ['beacon', 'Beacon Hill Middle School', 'school', 'HV-02', harborview],
  ['lighthouse', 'Lighthouse Community School', 'school', 'HV-03', harborview],
  ['willow', 'Willow Creek School (opens 2027)', 'school', 'CV-402', cedarValley],
  ['annex', 'Juniper Elementary School, Garden Annex', 'school', 'CV-101-A', juniper],
  ['independent', 'Sunrise Learning Pod', 'school', null],
  ['closed', 'Old Mill School', 'school', 'CV-007', cedarValley],
  ['softDeleted', 'Old Mill School (imported twice)', 'school', 'CV-007-2', cedarValley],
  ['department', 'Office of Assessment', 'department', 'CV-OA', cedarValley],
  ['namesake', 'Juniper Elementary School', 'department', null, juniper],
];

export function addOrganizations(data: Dataset): void {
  for (const [key, name, type, identifier, parent] of lines) {
    const status = key === 'closed' ? 'inactive' : key === 'softDeleted' ? 'tobedeleted' : 'active';
    data.add('one_roster_organization', {
      id: organizations[key],
      name,
      type,
      identifier,
      parent_id: parent ?? null,
      status,
    });
  }
}
