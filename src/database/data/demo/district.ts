import { Dataset } from '../dataset.ts';
import { addApps } from './apps.ts';
import { addClasses } from './classes.ts';
import { addCurriculum } from './curriculum.ts';
import { addInsights } from './insights.ts';
import { addInsightTypes } from './insightTypes.ts';
import { Mailroom } from './names.ts';
import { addOrganizations } from './organizations.ts';
import { addPupils } from './people.ts';
import { addMastery, addPlacements, addResults } from './progress.ts';
import { addRecommendations } from './recommendations.ts';
import { addSessions } from './sessions.ts';
import { addBonds, addStaff } from './staff.ts';
import { addStandards } from './standards.ts';
import { ladders, visitsOf } from './visits.ts';

/**
 * Two districts, six schools, six hundred students and ninety days. Nobody in it exists.
 *
 * What real data hold beside the usual is put in afterwards, one thing at a time, by the files in `oddities/`.
 */
export function demoDistricts(): Dataset {
  const data = new Dataset();
  const mailroom = new Mailroom();
  addOrganizations(data);
  const courses = addCurriculum(data);
  addStandards(data, courses);
  addApps(data);
  addInsightTypes(data);

  const pupils = addPupils(data, mailroom);
  const staff = addStaff(data, mailroom);
  addBonds(data, staff, pupils, mailroom);
  addClasses(data, staff, courses, pupils);
  addPlacements(data, pupils);
  addResults(data, pupils);
  addRecommendations(data, pupils);

  const steps = ladders(courses);
  const visits = pupils
    .filter((pupil) => !pupil.isBare)
    .flatMap((pupil) => visitsOf(pupil, steps))
    .sort((a, b) => a.start - b.start);
  addSessions(data, visits);
  addInsights(data, visits);
  addMastery(data, visits);
  return data;
}
