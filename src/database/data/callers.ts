import { adults, organizations } from './landmarks.ts';

export interface DemoCaller {
  readonly name: string;
  readonly title: string;
  /** The `sub` of the token. */
  readonly subject: string;
  readonly orgIds: readonly string[] | 'unrestricted';
}

const { cedarValley, juniper, annex, cottonwood, tubman, willow, closed, softDeleted } = organizations;

export const leader = {
  name: 'Beatriz Navarro',
  title: 'leader of the Cedar Valley School District',
  subject: adults.districtLeader,
  // The district alone would open the cards of its schools, but not their students.
  orgIds: [cedarValley, juniper, annex, cottonwood, tubman, willow, closed, softDeleted],
} satisfies DemoCaller;

export const guide = {
  name: 'Samuel Adeyinka',
  title: 'guide at Juniper Elementary School',
  subject: adults.guide,
  orgIds: [juniper],
} satisfies DemoCaller;

export const analyst = {
  name: 'Internal analyst',
  title: 'sees every organisation',
  subject: 'internal-analyst',
  orgIds: 'unrestricted',
} satisfies DemoCaller;

/** Three people to be when trying the graph: one sees a district, one a school, one everything. */
export const demoCallers: readonly DemoCaller[] = [leader, guide, analyst];
