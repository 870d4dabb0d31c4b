import { Chance } from '../chance.ts';
import type { Dataset } from '../dataset.ts';
import { iso, momentOf, schoolDays } from './calendar.ts';
import { subjects } from './courses.ts';
import type { Pupil } from './people.ts';

const hints: [title: string | null, content: string][] = [
  ['Start with {subject}', 'Your first session of the day goes best. Try **{subject}** first tomorrow.'],
  ['A shorter one', 'Two sessions of 20 minutes beat one of 40 for you this week.'],
  ['Read it twice', 'Most slips in {subject} were in the first ten seconds. Read the question *twice*.'],
  ['Well kept', 'Five days in a row! Keep the same hour tomorrow.'],
  [null, 'Take the hint when it is offered: it saved others about four minutes.'],
  ['Quiet corner', 'The room was loud after lunch. Ask for a seat by the window.'],
  [
    'Go back one step',
    'One lesson of {subject} from last month would help now:\n\n1. open it\n2. do two questions\n3. come back',
  ],
  ['Nearly there', 'You are **two lessons** from the end of a unit in {subject}.'],
];

const notes: [title: string | null, content: string][] = [
  ['For staff', 'Attention falls after lunch; consider moving {subject} to the morning.'],
  [null, 'Check whether the tablet of this student loses its connection.'],
];

const thanks = ['That helped!', 'ok', 'I tried it and it worked', 'no thank you', 'Can it be a game?', '👍', 'Gracias'];
const sources = ['vault-agent', 'vault-agent', 'vault-agent', 'app-generated', 'manual'];

/** About three a pupil, one in eight of them for staff only, in the order in which they were made. */
export function addRecommendations(data: Dataset, pupils: readonly Pupil[]): void {
  const made = pupils
    .filter((pupil) => !pupil.isBare)
    .flatMap((pupil) => {
      const chance = new Chance(`recommendations/${pupil.id}`);
      return Array.from({ length: chance.between(0, 6) }, () => drawRecommendation(pupil, chance));
    });
  made.sort((a, b) => (a.generated_at < b.generated_at ? -1 : a.generated_at > b.generated_at ? 1 : 0));
  for (const recommendation of made) data.add('insights_recommendation', recommendation);
}

function drawRecommendation(pupil: Pupil, chance: Chance) {
  const isInternal = chance.happens(0.125);
  const [title, content] = chance.pick(isInternal ? notes : hints);
  const subject = chance.pick(subjects);
  const source = chance.pick(sources);
  const generated = momentOf(chance.pick(schoolDays), 60 + chance.between(0, 240), pupil.section.school.zone);
  const isDelivered = !isInternal && chance.happens(0.8);
  const delivered = generated + chance.between(60, 600) * 60_000;
  const isAnswered = isDelivered && chance.happens(0.4);
  return {
    id: chance.uuid(),
    user_id: pupil.id,
    type: isInternal ? 'staff-note' : 'daily-coaching',
    source,
    content: content.replaceAll('{subject}', subject),
    source_reference_id: source === 'manual' ? null : `run-${chance.between(100_000, 999_999)}`,
    title: title?.replace('{subject}', subject) ?? null,
    visibility: isInternal ? 'internal' : 'student',
    generated_at: iso(generated),
    delivered_at: isDelivered ? iso(delivered) : null,
    feedback_sentiment: isAnswered ? (chance.happens(0.8) ? 'POSITIVE' : 'NEGATIVE') : null,
    feedback_text: isAnswered && chance.happens(0.5) ? chance.pick(thanks) : null,
    feedback_at: isAnswered ? iso(delivered + chance.between(1, 90) * 60_000) : null,
  };
}
