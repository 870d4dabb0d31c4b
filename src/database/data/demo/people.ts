import { Chance } from '../chance.ts';
import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { addPerson, type Person } from './person.ts';
import { namedPupils, type Peculiarity } from './namedPupils.ts';
import { drawName, Mailroom } from './names.ts';
import { schools, type School } from './organizations.ts';

export interface Section {
  readonly key: string;
  readonly school: School;
  readonly grade: number;
  /** `4A` in a school with two sections a grade, `4` in a school with one. */
  readonly label: string;
}

function sectionsOf(school: School): Section[] {
  const letters = school.grades.length === 3 ? ['A', 'B'] : [''];
  return school.grades.flatMap((grade) =>
    letters.map((letter) => ({
      key: `${school.key}/${grade}${letter}`,
      school,
      grade,
      label: `${grade}${letter}`,
    })),
  );
}

/** Six a school. */
export const sections: readonly Section[] = Object.values(schools).flatMap(sectionsOf);

export interface Pupil extends Person {
  readonly section: Section;
  readonly isBare: boolean;
  readonly isGuided: boolean;
  /** Draws what this pupil does, whoever else is in the demo. */
  readonly chance: Chance;
}

const pupilsASchool = 100;

/** Everyone who holds a student role, each with it. */
export function addPupils(data: Dataset, mailroom: Mailroom): readonly Pupil[] {
  return Object.values(schools).flatMap((school) => {
    const named = namedPupils.filter((pupil) => pupil.school === school);
    const many = Array.from({ length: pupilsASchool - named.length }, (_, index) =>
      drawPupil(`student/${school.key}/${index + 1}`),
    );
    return [...named, ...many].map((peculiarity) => addPupil(data, mailroom, school, peculiarity));
  });
}

function drawPupil(name: string): Peculiarity & { id: string } {
  return { id: demoId(name), ...drawName(new Chance(name)) };
}

function addPupil(data: Dataset, mailroom: Mailroom, school: School, who: Peculiarity & { id: string }): Pupil {
  const chance = new Chance(who.id);
  const section = chance.pick(
    sections.filter((section) => section.school === school && section.key === (who.section ?? section.key)),
  );
  const begin = `${2026 - chance.between(0, section.grade - 2)}-08-17`;
  const pupil = {
    id: who.id,
    given: who.given,
    family: who.family,
    mail: who.mail ?? mailroom.address(who, school.mailDomain),
    section,
    isBare: who.isBare ?? false,
    isGuided: !(who.isBare ?? false) && !(who.isUnguided ?? false),
    chance,
  };
  addPerson(data, pupil, who.roles ?? [{ org: school.id, begin, admission: begin }]);
  return pupil;
}
