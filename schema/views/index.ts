/** The catalogue: all views by name. */
import type { View } from '../view.ts';
import * as curriculum from './curriculum.ts';
import * as insights from './insights.ts';
import * as sessions from './sessions.ts';
import * as students from './students.ts';

export const views: readonly View[] = [
  ...Object.values(curriculum),
  ...Object.values(students),
  ...Object.values(sessions),
  ...Object.values(insights),
];

const byName = new Map(views.map((view) => [view.name, view]));

export function viewNamed(name: string): View {
  const view = byName.get(name);
  if (!view) throw new Error(`The catalogue has no view ${name}.`);
  return view;
}
