import type { Cell, Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';

export const recommendations = {
  internal: demoId('recommendation/internal'),
  undelivered: demoId('recommendation/undelivered'),
  deliveredNextDay: demoId('recommendation/delivered next day'),
  ofUnknownType: demoId('recommendation/of unknown type'),
  textOnly: demoId('recommendation/text only'),
  hostile: demoId('recommendation/hostile'),
} as const;

function advise(data: Dataset, id: string, facts: Record<string, Cell>): void {
  data.add('insights_recommendation', {
    id,
    user_id: students.chinese,
    type: 'daily-coaching',
    source: 'vault-agent',
    content: 'Start with the lesson that you know best.',
    visibility: 'student',
    generated_at: '2026-10-20T08:00:00Z',
    ...facts,
  });
}

export const oddRecommendations: readonly Oddity[] = [
  {
    name: 'a recommendation for staff only, with feedback as if a student had seen it',
    at: [recommendations.internal],
    sql: `select from insights_recommendation where id = $1 and visibility = 'internal' and feedback_text is not null`,
    add: (data) =>
      advise(data, recommendations.internal, {
        visibility: 'internal',
        content: 'Family asked for fewer evening sessions.',
        feedback_text: 'Seen by the counsellor',
      }),
  },
  {
    name: 'a recommendation that was never delivered, without title and reference',
    at: [recommendations.undelivered],
    sql: `select from insights_recommendation where id = $1
      and delivered_at is null and title is null and source_reference_id is null`,
    add: (data) => advise(data, recommendations.undelivered, {}),
  },
  {
    name: 'a recommendation that was made late in the evening and seen on the next day',
    at: [recommendations.deliveredNextDay],
    sql: `select from insights_recommendation where id = $1
      and (generated_at at time zone 'UTC')::date < (delivered_at at time zone 'UTC')::date`,
    add: (data) =>
      advise(data, recommendations.deliveredNextDay, {
        generated_at: '2026-10-21T23:30:00.5Z',
        delivered_at: '2026-10-22T12:15:00Z',
        feedback_sentiment: 'POSITIVE',
        feedback_at: '2026-10-22T12:16:00Z',
      }),
  },
  {
    name: 'a recommendation of a type and a source that nobody has seen before',
    at: [recommendations.ofUnknownType],
    sql: `select from insights_recommendation where id = $1 and type = 'weekly-letter' and source = 'family-portal'`,
    add: (data) => advise(data, recommendations.ofUnknownType, { type: 'weekly-letter', source: 'family-portal' }),
  },
  {
    name: 'feedback of words alone',
    at: [recommendations.textOnly],
    sql: `select from insights_recommendation where id = $1
      and feedback_text is not null and feedback_sentiment is null and feedback_at is null`,
    add: (data) => advise(data, recommendations.textOnly, { feedback_text: 'hm' }),
  },
  {
    name: 'a recommendation of markup, quotes, emoji and right-to-left letters, with a blank title',
    at: [recommendations.hostile],
    sql: `select from insights_recommendation where id = $1 and title = '' and content like '%</script>%'`,
    add: (data) =>
      advise(data, recommendations.hostile, {
        title: '',
        content: `**Bold** [link](javascript:alert(1)) <script>alert("x")</script> 🚀\n\nשלום % _ \\ 'quoted'`,
      }),
  },
];
