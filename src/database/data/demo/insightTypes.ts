import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';

interface InsightType {
  readonly slug: string;
  readonly category: string;
  readonly isWaste: boolean;
  readonly isInternal?: boolean;
  /** Undefined: nobody has configured the type. */
  readonly isReviewed?: boolean;
  /** How often it is seen; the special ones only where `exceptions` puts them. */
  readonly weight: number;
  readonly reasons: readonly string[];
}

function type(slug: string, category: string, weight: number, isWaste: boolean, reasons: string[]): InsightType {
  const isReviewed = category !== 'Engagement' && category !== 'Journal';
  return { slug, category, weight, isWaste, isReviewed, reasons };
}

const engagement = (slug: string, weight: number, ...reasons: string[]) =>
  type(slug, 'Engagement', weight, true, reasons);
const proctoring = (slug: string, weight: number, isWaste: boolean, ...reasons: string[]) =>
  type(slug, 'Proctoring', weight, isWaste, reasons);
const cheating = (slug: string, weight: number, isWaste: boolean, ...reasons: string[]) =>
  type(slug, 'Cheating', weight, isWaste, reasons);

/** `{lesson}` stands for the title of the lesson of the session. */
export const insightTypes: readonly InsightType[] = [
  engagement('EyesOffScreen', 26, 'Looked to the side for a while', 'Eyes left the screen during {lesson}'),
  engagement('Idling', 22, 'No key and no movement of the mouse', '{lesson} stayed open without an answer'),
  engagement('AwayFromSeat', 12, 'The chair was empty', 'Got up in the middle of {lesson}'),
  engagement('Socializing', 12, 'Talked with a neighbour', 'Two voices, none about {lesson}'),
  engagement('NonLearningContent', 9, 'A video page was in front', 'Played a browser game'),
  engagement('TopicShopping', 7, 'Opened {lesson} and two others within a minute', 'Went through the list of topics'),
  engagement('IgnoringHelp', 4, 'Closed the explanation of {lesson} at once', 'Skipped three hints in a row'),
  engagement('SkipAssessment', 3, 'Left the questions of {lesson} unanswered'),
  engagement('AbandonedAssessment', 3, 'Stopped halfway through the practice of {lesson}'),
  { ...engagement('SupplementalLearning', 2, 'Read about {lesson} on another site'), isReviewed: false },
  { ...engagement('InappropriateExternalHelp', 2, 'Asked a chat assistant for the answer'), isReviewed: true },
  proctoring('UnauthorizedAppUse', 4, true, 'A messenger came to the front', 'Switched to a calculator'),
  proctoring('UnauthorizedDeviceUse', 3, true, 'A phone lay on the table', 'Used a second tablet'),
  proctoring('HelpFromAnotherPerson', 2, false, 'A second face appeared', 'Somebody pointed at the screen'),
  proctoring('ProctoringUnauthorizedAppUse', 2, false, 'Another program took the focus'),
  proctoring('ProctoringUnauthorizedDeviceUse', 1, false, 'The camera saw a lit screen in a hand'),
  proctoring('ProctoringHelpFromAnotherPerson', 1, false, 'An answer was spoken by somebody else'),
  cheating('CheatingUnauthorizedAppUse', 3, true, 'Pasted an answer from another window'),
  cheating('CheatingUnauthorizedDeviceUse', 2, false, 'Photographed a question'),
  cheating('CheatingHelpFromAnotherPerson', 2, false, 'An adult typed the answer'),
  type('Journal', 'Journal', 0, false, []),
  // What the catalogue announces: words that nobody has seen yet.
  unconfigured(engagement('DaydreamLoop', 0, 'Read one line of {lesson} eleven times')),
  unconfigured(proctoring('ScreenMirroring', 0, false, 'The screen was sent to a television')),
  unconfigured(type('BreathingBreak', 'Wellbeing', 0, true, ['A minute of slow breathing'])),
  // What no caller may see.
  { ...engagement('GazeCalibration', 0, 'The camera was adjusted'), isInternal: true },
  { ...cheating('CheatingModelTrial', 0, true, 'A model under trial was unsure'), isInternal: true, isReviewed: false },
];

function unconfigured(type: InsightType): InsightType {
  const { isReviewed: _, ...rest } = type;
  return rest;
}

export function insightTypeId(slug: string): string {
  return demoId(`insight type/${slug}`);
}

export function addInsightTypes(data: Dataset): void {
  for (const { slug, category, isWaste, isInternal, isReviewed } of insightTypes) {
    const id = insightTypeId(slug);
    const visibility = isInternal ? 'internal' : 'external';
    data.add('insights_type', { id, slug, category, visibility, is_waste: isWaste });
    if (isReviewed !== undefined) data.add('insights_config', { insight_type_id: id, requires_review: isReviewed });
  }
}
