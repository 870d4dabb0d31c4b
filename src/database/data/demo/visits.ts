import { Chance } from '../chance.ts';
import { apps } from '../landmarks.ts';
import { appOf, tabletClient } from './apps.ts';
import { momentOf, schoolDays, weekday, weekendDays } from './calendar.ts';
import { subjects } from './courses.ts';
import type { Course, Lesson, Unit } from './curriculum.ts';
import type { Pupil } from './people.ts';
import { likelihood, traitsOf, type Traits } from './traits.ts';

/** A session as it went: who, in which app, on what. `sessions.ts` turns it into rows. */
export interface Visit {
  readonly pupil: Pupil;
  readonly traits: Traits;
  readonly id: string;
  /** The learning app; the session may report itself as somebody else. */
  readonly app: string;
  readonly client: string | null;
  readonly start: number;
  readonly minutes: number;
  readonly isClosed: boolean;
  /** Part of the school day, as opposed to homework and weekends. */
  readonly isAtSchool: boolean;
  /** Attention sinks after lunch, and on Fridays most of all. */
  readonly isTired: boolean;
  readonly subject: string;
  readonly lesson: Lesson;
  /** The unit whose check is sat, when the session is a test. */
  readonly check: Unit | undefined;
  /** Whether the question of that place in the session is answered right. */
  readonly answers: readonly boolean[];
  readonly chance: Chance;
}

type Ladders = ReturnType<typeof ladders>;

interface Slot {
  readonly day: string;
  readonly minute: number;
  readonly isAtSchool: boolean;
}

const lessonHours = [510, 560, 615, 670, 780, 830];
const evening = 19 * 60;

function drawSlots(chance: Chance, count: number): Slot[] {
  const slots = new Map<string, Slot>();
  while (slots.size < count) {
    const isWeekend = chance.happens(0.03);
    const isEvening = !isWeekend && chance.happens(0.1);
    const minute = isWeekend ? chance.between(600, 960) : isEvening ? evening : chance.pick(lessonHours);
    const slot = {
      day: chance.pick(isWeekend ? weekendDays : schoolDays),
      minute,
      isAtSchool: !isWeekend && !isEvening,
    };
    slots.set(`${slot.day}/${isWeekend ? 'weekend' : minute}`, slot);
  }
  return [...slots.values()].sort((a, b) => (a.day === b.day ? a.minute - b.minute : a.day < b.day ? -1 : 1));
}

/** All sessions of a pupil, in order: lesson follows lesson, and one that did not go well is taken again. */
export function visitsOf(pupil: Pupil, steps: Ladders): Visit[] {
  const traits = traitsOf(pupil);
  const places = new Map<string, number>();
  return drawSlots(pupil.chance, traits.sessions).map((slot, index) => {
    const subject = subjectAt(pupil, slot, traits, index);
    const place = places.get(subject) ?? 0;
    const { lesson, unit, isLast } = stepAt(steps, subject, traits.placed.get(subject) ?? 3, place);
    const visit = drawVisit(pupil, traits, slot, subject, lesson, isLast && slot.isAtSchool ? unit : undefined);
    const right = visit.answers.filter(Boolean).length;
    if (right * 2 >= visit.answers.length) places.set(subject, place + 1);
    return visit;
  });
}

/** The timetable turns by section; homework goes to the weakest subject. */
function subjectAt(pupil: Pupil, slot: Slot, traits: Traits, index: number): string {
  if (!slot.isAtSchool) {
    const weakest = [...traits.ability].sort(([, a], [, b]) => a - b)[index % 2];
    return weakest?.[0] ?? 'Reading';
  }
  const turn = pupil.section.grade + weekday(slot.day) + lessonHours.indexOf(slot.minute);
  return subjects[turn % subjects.length] ?? 'Mathematics';
}

interface Step {
  readonly lesson: Lesson;
  readonly unit: Unit;
  readonly isLast: boolean;
}

/** The lessons from a grade upwards, for every subject and grade to start from: `Reading 4`. */
export function ladders(courses: readonly Course[]): ReadonlyMap<string, readonly Step[]> {
  const stepsOf = (course: Course): Step[] =>
    course.units.flatMap((unit) =>
      unit.lessons.map((lesson, index) => ({ lesson, unit, isLast: index === unit.lessons.length - 1 })),
    );
  return new Map(
    courses.map(({ title, subject, grade }) => [
      title,
      courses.filter((course) => course.subject === subject && course.grade >= grade).flatMap(stepsOf),
    ]),
  );
}

function stepAt(steps: Ladders, subject: string, grade: number, place: number): Step {
  const ladder = steps.get(`${subject} ${grade}`) ?? [];
  const step = ladder[Math.min(place, ladder.length - 1)];
  if (step === undefined) throw new Error(`There is no course ${subject} ${grade}`);
  return step;
}

function drawVisit(
  pupil: Pupil,
  traits: Traits,
  slot: Slot,
  subject: string,
  lesson: Lesson,
  unit: Unit | undefined,
): Visit {
  const { chance } = pupil;
  const check = unit !== undefined && chance.happens(0.6) ? unit : undefined;
  const app = check ? apps.checkpoint : chance.happens(0.12) ? apps.summit : appOf(subject);
  const client = chance.happens(0.01) ? null : chance.happens(0.06) ? tabletClient(app) : app;
  const strength = (traits.ability.get(subject) ?? 0) * 1.5 + 1.1 - (check ? 0.3 : 0);
  const asked = check ? chance.between(4, 6) : chance.between(1, 4);
  return {
    pupil,
    traits,
    id: sessionId(chance, app),
    app,
    client,
    start:
      momentOf(slot.day, slot.minute + chance.between(0, 8), pupil.section.school.zone) + chance.between(0, 59_999),
    minutes: chance.between(check ? 18 : 12, slot.isAtSchool ? 44 : 65),
    isClosed: !chance.happens(0.03),
    isAtSchool: slot.isAtSchool,
    isTired: slot.minute >= 780 && slot.isAtSchool,
    subject,
    lesson,
    check,
    answers: Array.from({ length: asked }, () => chance.happens(likelihood(strength))),
    chance,
  };
}

function sessionId(chance: Chance, app: string): string {
  const id = chance.uuid();
  if (app === apps.pageAndLantern && chance.happens(0.3)) return `https://lantern.example/sessions/${id}`;
  return chance.happens(0.6) ? `urn:uuid:${id}` : id;
}
