import { Chance } from '../chance.ts';

export interface Question {
  readonly text: string;
  readonly type: string | null;
}

const questionsALesson = 5;

/** Question texts that sound like the subject; the lesson's title makes them its own. */
export function questionsOf(subject: string, name: string, lesson: string): Question[] {
  const chance = new Chance(`questions/${name}`);
  const write = writers[subject];
  if (write === undefined) throw new Error(`Nobody writes questions for ${subject}`);
  return Array.from({ length: questionsALesson }, () => ({
    text: write(chance, lesson),
    type: chance.happens(0.04) ? null : chance.happens(0.75) ? 'quiz' : 'guiding',
  }));
}

const writers: Record<string, (chance: Chance, lesson: string) => string> = {
  Mathematics: (chance, lesson) => {
    const [a, b] = [chance.between(2, 12), chance.between(3, 19)];
    return chance.pick([
      `${lesson}: ${a} × ${b} = ?`,
      `${lesson}: which is larger, ${a}/${a + b} or ${a + 1}/${a + b + 2}?`,
      `${lesson}: ${chance.pick(children)} has ${a * b} ${chance.pick(things)} and shares them among ${a}. How many each?`,
      `${lesson}: find x if x + ${b} = ${a + b * 2}`,
      `${lesson}: ${a * 10 + b} ÷ ${a} is about …`,
    ]);
  },
  Reading: (chance, lesson) => {
    const story = `“${chance.pick(stories)}”`;
    return chance.pick([
      `${lesson}: what is ${story} mostly about?`,
      `${lesson}: which sentence of ${story} supports your answer?`,
      `${lesson}: what does “${chance.pick(words)}” mean in ${story}, paragraph ${chance.between(2, 9)}?`,
      `${lesson}: how does the ending of ${story} follow from its beginning?`,
    ]);
  },
  Language: (chance, lesson) => {
    const child = chance.pick(children);
    return chance.pick([
      `${lesson}: which sentence about ${child} is correct?`,
      `${lesson}: choose the word that fits: ${child} ___ the ${chance.pick(things)} yesterday.`,
      `${lesson}: rewrite “${chance.pick(words)} ${chance.pick(things)}” so that the meaning is clear.`,
      `${lesson}: where does the mark belong in ${child}’s sentence?`,
    ]);
  },
  Science: (chance, lesson) =>
    chance.pick([
      `${lesson}: which observation would change your mind?`,
      `${lesson}: what happens to the ${chance.pick(samples)} after ${chance.between(2, 48)} hours?`,
      `${lesson}: name a cause and an effect in the ${chance.pick(samples)}.`,
      `${lesson}: ${chance.pick(children)} measures ${chance.between(3, 98)} °C. What is missing from the notes?`,
    ]),
};

const children = ['Ada', 'Bilal', 'Chiara', 'Dario', 'Esi', 'Farah', 'Goran', 'Hiro', 'Ivy', 'Jomo', 'Kaya', 'Luz'];
const things = ['marbles', 'pencils', 'kites', 'seeds', 'stamps', 'plums', 'lanterns', 'ribbons'];
const words = ['steady', 'curious', 'brittle', 'vast', 'eager', 'hollow', 'gleaming', 'reluctant'];
const samples = ['pond water', 'bean plant', 'ice tray', 'sand table', 'copper wire', 'rock sample', 'leaf litter'];
const stories = [
  'The Boat on the Roof',
  'A Map of Small Places',
  'Grandmother’s Radio',
  'The Bridge That Waited',
  'Nine Blue Doors',
  'The Honest Thief',
  'Snow in the Orchard',
  'Letters to a Lighthouse',
];
