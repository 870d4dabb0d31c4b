import type { Dataset } from '../dataset.ts';
import { apps } from '../landmarks.ts';
import { documentId } from './standards.ts';

type Line = [key: keyof typeof apps, name: string, type: string | null, subjects: string[], documents: string[]];

const core = ['Mathematics', 'Reading', 'Language', 'Science'];

const lines: Line[] = [
  ['numberGrove', 'Number Grove', 'learning', ['Mathematics'], ['Mathematics']],
  ['pageAndLantern', 'Page & Lantern', 'learning', ['Reading'], ['Reading']],
  ['wordsmithYard', 'Wordsmith Yard', 'learning', ['Language', 'Reading'], ['Language', 'Reading']],
  ['fieldNotebook', 'Field Notebook', 'learning', ['Science'], ['Science']],
  ['summit', 'Summit Practice', 'learning', core, []],
  // A subject that no curriculum here knows.
  ['fluent', 'Fluent_100%', 'learning', ['Español'], []],
  ['checkpoint', 'Checkpoint', 'assessment', [], []],
  ['console', 'Guide’s "Console"', 'internal', [], []],
  ['untyped', 'Pilot (app of no type)', null, [], []],
];

export function addApps(data: Dataset): void {
  for (const [key, name, type, subjects, documents] of lines) {
    const id = apps[key];
    data.add('lti_application', { id, name, application_type: type });
    for (const subject of subjects) {
      data.add('lti_application_subject', { lti_application_id: id, subject_title: subject });
    }
    for (const subject of documents) {
      data.add('lti_application_curriculum_scope', {
        lti_application_id: id,
        cf_document_id: documentId(subject),
      });
    }
  }
}

const homeOf: Record<string, string> = {
  Mathematics: apps.numberGrove,
  Reading: apps.pageAndLantern,
  Language: apps.wordsmithYard,
  Science: apps.fieldNotebook,
};

/** The app in which a subject is learned. */
export function appOf(subject: string): string {
  const app = homeOf[subject];
  if (app === undefined) throw new Error(`No app teaches ${subject}`);
  return app;
}

/** The tablet edition reports itself under a name of its own, which no learning app bears. */
export function tabletClient(app: string): string {
  return `urn:client:tablet:${app.slice(0, 8)}`;
}
