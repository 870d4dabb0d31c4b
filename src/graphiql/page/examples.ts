/** What the tabs hold at first: a question of each kind of reader, from each domain, that any database can answer. */
export interface Example {
  readonly query: string;
  readonly variables?: string;
}

const leader = `# A district leader (students):
# how do my schools compare?
#
# Run it with Ctrl+Enter, then choose at the top
# who asks: everybody sees her own schools.
query LeaderSchools {
  caller { subject scope { state } }
  schools(where: { parentId: { isNull: false } }, orderBy: { name: ASC }) {
    totalCount
    nodes {
      name
      status
      studentCount
      usage { totalAppTimeSec totalWasteTimeSec }
      students(first: 3, orderBy: { name: ASC }) {
        nodes { name }
      }
    }
  }
}
`;

const guide = `# A guide (insights):
# whom to talk to this morning, and about what?
query GuideMorning($longSec: Float!) {
  students(
    where: { sessions: { some: { waste: { wasteDurationSec: { gte: $longSec } } } } }
    orderBy: { name: ASC }
    first: 10
  ) {
    totalCount
    nodes {
      name
      sessions(where: { waste: { wasteDurationSec: { gte: $longSec } } }, first: 2) {
        nodes {
          date
          durationSec
          learningApp { name }
          waste { wasteDurationSec }
          wasteInsights(first: 2) { nodes { wasteType description } }
        }
      }
      recommendations(first: 1) { nodes { date title content } }
    }
  }
}
`;

const vendor = `# The vendor of a learning app (sessions):
# is it used, and is the time in it well spent?
query VendorApp($name: String!) {
  learningApps(where: { name: { eq: $name } }) {
    nodes {
      name
      learningAppSubjects { nodes { subjectTitle } }
      sessions {
        summary {
          count
          studentId { countDistinct }
          durationSec { avg percentile(at: 0.5) }
        }
        groups(bucket: { of: DATE, unit: WEEK }) {
          nodes {
            key { bucket { startDate } }
            summary { count durationSec { sum } }
          }
        }
      }
      withWaste: sessions(where: { waste: { wasteDurationSec: { gt: 0 } } }) {
        totalCount
      }
    }
  }
}
`;

const analyst = `# An analyst (curriculum):
# what is most often answered wrong at first,
# and in which tests does it stand?
query AnalystQuestions {
  attempts(where: { isCorrect: { eq: false } }) {
    groups(by: RESOURCE_ID, first: 10) {
      totalCount
      nodes {
        key {
          resource {
            __typename
            title
            ... on Question { tests { nodes { title } } }
          }
        }
        summary {
          count
          studentId { countDistinct }
          durationSec { avg }
        }
      }
    }
  }
}
`;

export const examples: readonly Example[] = [
  { query: leader },
  { query: guide, variables: '{ "longSec": 300 }' },
  { query: vendor, variables: '{ "name": "Number Grove" }' },
  { query: analyst },
];
