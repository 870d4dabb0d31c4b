import { organizations, students } from '../landmarks.ts';
import type { Role } from './person.ts';
import { schools, type School } from './organizations.ts';

/** What sets a pupil apart from the many; whatever is not said is as usual. */
export interface Peculiarity {
  readonly given: string;
  readonly family: string;
  readonly mail?: string;
  readonly section?: string;
  readonly roles?: readonly Role[];
  /** Has no guide of the section, no classes, no placements and no activity of the usual kind. */
  readonly isBare?: boolean;
  readonly isUnguided?: boolean;
}

type NamedPupil = Peculiarity & { readonly id: string; readonly school: School };

const { juniper, cottonwood, tubman, pelican, beacon, lighthouse } = schools;

function pupil(key: keyof typeof students, school: School, peculiarity: Peculiarity): NamedPupil {
  return { id: students[key], school, ...peculiarity };
}

const begun = { begin: '2025-08-18', admission: '2025-08-18' };
const ended = { begin: '2021-08-16', admission: '2021-08-16', end: '2024-06-14' };
const secondary = { ...begun, type: 'secondary' } as const;

export const namedPupils: readonly NamedPupil[] = [
  pupil('maya', juniper, { given: 'Maya', family: 'Whitfield', section: 'juniper/4A' }),
  pupil('inTwoSchools', juniper, {
    given: 'Noor',
    family: 'Castellanos',
    roles: [
      { org: juniper.id, ...begun },
      { org: tubman.id, ...secondary },
    ],
  }),
  pupil('inTwoDistricts', cottonwood, {
    given: 'Teodor',
    family: 'Lindgren',
    roles: [
      { org: cottonwood.id, ...begun },
      { org: lighthouse.id, ...secondary },
    ],
  }),
  pupil('former', cottonwood, {
    given: 'Hana',
    family: 'Kuroda',
    isBare: true,
    roles: [{ org: cottonwood.id, ...ended }],
  }),
  pupil('inactive', beacon, {
    given: 'Kerem',
    family: 'Aydın',
    isBare: true,
    roles: [{ org: beacon.id, ...begun, status: 'inactive' }],
  }),
  pupil('future', pelican, {
    given: 'Lani',
    family: 'Kahale',
    isBare: true,
    roles: [{ org: pelican.id, begin: '2099-08-17', admission: '2099-08-17' }],
  }),
  pupil('leavingLater', tubman, {
    given: 'Ruslan',
    family: 'Bilyk',
    section: 'tubman/4',
    roles: [{ org: tubman.id, ...begun, end: '2099-06-12' }],
  }),
  pupil('moved', cottonwood, {
    given: 'Emeka',
    family: 'Onwudiwe',
    roles: [
      { org: juniper.id, ...ended },
      { org: cottonwood.id, begin: '2024-08-19', admission: '2024-08-19' },
    ],
  }),
  pupil('enrolledElsewhere', juniper, { given: 'Inés', family: 'Bracamonte' }),
  pupil('withoutGuide', lighthouse, { given: 'Tane', family: 'Rangihuna', isUnguided: true }),
  pupil('atDepartment', juniper, {
    given: 'Saga',
    family: 'Holmqvist',
    roles: [
      { org: juniper.id, ...begun },
      { org: organizations.namesake, ...secondary },
      { org: organizations.department, ...secondary },
    ],
  }),
  pupil('atDistrictOnly', tubman, {
    given: 'Yas',
    family: 'Manygoats',
    roles: [{ org: organizations.cedarValley, ...begun }],
  }),
  pupil('withoutDates', pelican, { given: 'Quân', family: 'Lương', isBare: true, roles: [{ org: pelican.id }] }),
  pupil('admittedBySecondary', beacon, {
    given: 'Zoé',
    family: 'Lachance',
    roles: [
      { org: beacon.id, begin: '2024-08-19' },
      { org: pelican.id, begin: '2023-08-21', admission: '2023-08-21', end: '2024-06-14', type: 'secondary' },
      { org: lighthouse.id, begin: '2025-01-06', admission: '2025-01-06', type: 'secondary' },
    ],
  }),
  pupil('nowTeacher', cottonwood, {
    given: 'Joaquín',
    family: 'Villanueva',
    isBare: true,
    roles: [
      { org: cottonwood.id, begin: '2012-08-20', admission: '2012-08-20', end: '2015-06-12' },
      { org: lighthouse.id, begin: '2025-08-18', role: 'teacher' },
    ],
  }),
  pupil('mononym', tubman, { given: 'Suharti', family: '' }),
  pupil('familyNameOnly', beacon, { given: ' ', family: 'Ōe', mail: 'oe@harborview.example' }),
  pupil('namesakeOne', juniper, { given: 'Linh', family: 'Trần' }),
  pupil('namesakeTwo', lighthouse, { given: 'Linh', family: 'Trần' }),
  pupil('percent', pelican, { given: 'Percy', family: '100% Ready' }),
  pupil('underscore', pelican, { given: 'Ana_Sofía', family: 'de_la_Vega' }),
  pupil('backslash', pelican, { given: 'Back\\slash', family: 'C:\\temp\\' }),
  pupil('quotes', juniper, { given: 'Róisín “Ro”', family: `O'Brien "Bo" D’Arcy` }),
  pupil('injection', tubman, { given: 'Robert', family: "'); drop table one_roster_user; --" }),
  pupil('emoji', juniper, { given: 'Fox 🦊', family: '👩‍🚀 Starling', mail: 'fox.starling@cedarvalley.example' }),
  pupil('arabic', tubman, { given: 'ليلى', family: 'الحداد', mail: 'layla.alhaddad@cedarvalley.example' }),
  pupil('hebrew', lighthouse, { given: 'נועם', family: 'לוי', mail: 'noam.levi@harborview.example' }),
  pupil('chinese', beacon, { given: '明', family: '李', mail: 'li.ming@harborview.example' }),
  pupil('decomposed', cottonwood, { given: 'Zoe\u0308', family: 'A\u030Akesson' }),
  pupil('upperCaseMail', lighthouse, { given: 'Priya', family: 'Raman', mail: 'Priya.RAMAN@Harborview.example' }),
];
