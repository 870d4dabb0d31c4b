/**
 * What is taught: `Course`, its units (indented), and after the colon the lessons of the unit. Courses are named by
 * subject and grade.
 */
const outline = `
Mathematics 3
  Groups of equal size: Rows and columns; Skip counting by fives; Sharing fairly
  Times tables: Twos, fives and tens; Threes and fours; Sixes to nines
  Parts of a whole: Halves and quarters; Fractions on a number line; Which is larger?
  Shapes and measuring: Area by counting; Perimeter of a garden; Telling time to the minute
Mathematics 4
  Large numbers: Place value to a million; Rounding; Adding long columns
  Multiplying further: Two digits by one; Two digits by two; Estimating products
  Dividing: Equal shares; Remainders; Long division
  Fractions together: Equal fractions; Adding with one denominator; Mixed numbers
Mathematics 5
  Decimals: Tenths and hundredths; Comparing decimals; Money sums
  Fractions apart: Unlike denominators; Subtracting fractions; Fractions of a number
  Volume: Unit cubes; Boxes in layers; Volume by formula
  Coordinates: The first quadrant; Patterns on a grid; Reading graphs
Mathematics 6
  Ratios: Comparing two amounts; Rates per one; Percent
  Below zero: Integers; Absolute value; Four quadrants
  Expressions: Letters for numbers; Like terms; The distributive law
  Data: Mean and median; Dot plots; Spread
Mathematics 7
  Proportion: Constant rates; Scale drawings; Percent change
  Rational numbers: Adding negatives; Multiplying negatives; Repeating decimals
  Equations: Two steps; Inequalities; Word problems
  Chance: Simple events; Compound events; Fair games
Mathematics 8
  Lines: Slope; Intercepts; Systems of two lines
  Powers: Exponent rules; Scientific notation; Square roots
  Functions: Inputs and outputs; Linear or not; Comparing functions
  Pythagoras: Right triangles; Distance; Proofs with squares
Reading 3
  Folktales: The clever hare; Morals; Retelling in order
  Finding facts: Headings and captions; Main idea; Asking questions
  Poems: Rhyme; Rhythm; Pictures in words
  Characters: Traits; Feelings; Why they act
Reading 4
  Adventures: The lost compass; Setting; Point of view
  True stories: Timelines; Cause and effect; Two accounts
  Words at work: Prefixes; Shades of meaning; Context clues
  Plays: Acts and scenes; Stage directions; Reading aloud
Reading 5
  Mysteries: Clues; Suspense; Foreshadowing
  Arguments: Claims; Evidence; Reasons that hold
  Myths: Heroes; Quests; Myths retold
  Summaries: What matters; Theme; Quoting with care
Reading 6
  Short stories: Plot; Conflict; Turning points
  Biography: Early lives; Choices; Legacy
  Figurative language: Metaphor; Personification; Irony
  News: Fact and opinion; Bias; Sources
Reading 7
  Dystopias: Worlds with rules; Narrators; Symbols
  Speeches: Audience; Repetition; Persuasion
  Verse: Form; Sound; Tone
  Research: Good questions; Notes; Citing
Reading 8
  The novel: Opening chapters; Subplots; Endings
  Essays: Voice; Structure; Counterclaims
  Drama: Dialogue; Monologue; Staging
  Comparing texts: Two genres; Two centuries; Film and page
Language 3
  Sentences: Subjects and verbs; Questions; Joining sentences
  Nouns: Plurals; Proper nouns; Possessives
  Spelling: Long vowels; Silent letters; Doubling
  Writing: Opinions; Letters; Small stories
Language 4
  Verbs: Tenses; Helping verbs; Irregular verbs
  Describing: Adjectives; Adverbs; Order of adjectives
  Punctuation: Commas in lists; Quotation marks; Apostrophes
  Paragraphs: Topic sentences; Details; Closing lines
Language 5
  Conjunctions: And, but, or; Correlatives; Interjections
  Tense in use: Perfect tenses; Shifts in tense; Time words
  Commas: Introductory words; Yes, no and names; Titles
  Reports: Research notes; Sections; Sources
Language 6
  Pronouns: Case; Reference; Vague pronouns
  Style: Varying sentences; Tone; Wordiness
  Marks: Dashes; Parentheses; Semicolons
  Explaining: Definitions; Comparisons; Transitions
Language 7
  Phrases and clauses: Phrases; Dependent clauses; Misplaced modifiers
  Vocabulary: Roots; Suffixes; Connotation
  Precision: Redundancy; Strong verbs; Concrete nouns
  Argument: Thesis; Rebuttal; Conclusion
Language 8
  Voice and mood: Active and passive; Conditional; Subjunctive
  Verbals: Gerunds; Participles; Infinitives
  Pauses: Ellipses; Commas for effect; Dashes for effect
  Narrative: Pacing; Dialogue tags; Reflection
Science 3
  Forces: Push and pull; Friction; Magnets
  Living things: Life cycles; Inherited traits; Habitats
  Weather: Clouds; Climate zones; Storm safety
  Past life: Fossils; Lost seas; Change over time
Science 4
  Energy: Speed and energy; Collisions; Circuits
  Waves: Amplitude; Wavelength; Patterns that signal
  Bodies: Plant parts; Senses; Memory
  Landforms: Maps; Erosion; Volcanoes
Science 5
  Matter: Particles; Mixtures; Conserving mass
  Ecosystems: Food webs; Decomposers; Invaders
  Water: Oceans and ice; The water cycle; Clean water
  Sky: Day and night; Seasons; Stars by month
Science 6
  Cells: Microscopes; Cell parts; Tissues
  Heat: Conduction; Insulators; Thermal design
  Weather systems: Fronts; Currents; Forecasts
  Traits: Genes; Variation; Growth
Science 7
  Reactions: Substances; Signs of change; Balancing mass
  Earth moves: Plates; Rocks; Hazards
  Cycles: Photosynthesis; Respiration; Carbon
  Populations: Resources; Competition; Biodiversity
Science 8
  Motion: Newton one; Newton two; Newton three
  Fields: Gravity; Electric fields; Magnetic fields
  Space: Moon phases; The solar system; Scale
  Evolution: Evidence; Selection; Common ancestors
`;

export interface OutlineUnit {
  readonly title: string;
  readonly lessons: readonly string[];
}

export interface OutlineCourse {
  readonly subject: string;
  readonly grade: number;
  readonly title: string;
  readonly units: readonly OutlineUnit[];
}

export const subjects = ['Mathematics', 'Reading', 'Language', 'Science'] as const;

export const courseOutlines: readonly OutlineCourse[] = outline
  .trim()
  .split(/\n(?=\w)/)
  .map((text) => {
    const [title = '', ...lines] = text.split('\n');
    const [subject = '', grade] = title.split(' ');
    return { subject, grade: Number(grade), title, units: lines.map(outlineUnit) };
  });

function outlineUnit(line: string): OutlineUnit {
  const [title = '', lessons = ''] = line.trim().split(': ');
  return { title, lessons: lessons.split('; ') };
}
