import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  findBreakingChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { root } from '../../src/root.ts';

const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const changelog = read('CHANGELOG.md');
const releasedText = read('schema', 'sdl', 'released.graphql');

/** A section of the changelog, or one below it. */
function section(text: string, heading: string): string {
  const level = heading.split(' ')[0]!;
  const [, after = ''] = `\n${text}`.split(`\n${heading}`);
  return after.split(new RegExp(`\n#{1,${level.length}} `))[0]!;
}

/** What clients of the released schema would trip over, and the changelog does not tell them. */
function untold(released: GraphQLSchema, current: GraphQLSchema, text: string): readonly string[] {
  const told = section(section(text, '## [Unreleased]'), '### Breaking').replaceAll('`', '');
  return findBreakingChanges(released, current)
    .map(({ description }) => description)
    .filter((description) => !told.includes(description));
}

/** `Type.field`, `Type.VALUE`: everything that should not be used any more. */
function deprecated(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    const members = isEnumType(type)
      ? type.getValues()
      : isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
        ? Object.values(type.getFields())
        : [];
    const old = members.filter(({ deprecationReason }) => deprecationReason != null);
    return type.name.startsWith('__') ? [] : old.map(({ name }) => `${type.name}.${name}`);
  });
}

describe('the public schema', () => {
  const current = createSubgraph('timeback');

  it('breaks nothing that was released, unless the changelog says so', () => {
    // What is left is to be named in CHANGELOG.md, under "### Breaking" of "## [Unreleased]".
    expect(untold(buildSchema(releasedText), current, changelog)).toEqual([]);
  });

  it('is compared with the newest release', () => {
    const newest = /\n## \[(\d+\.\d+\.\d+)\]/.exec(changelog)?.[1];
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect([releasedText.split('\n')[0], version]).toEqual([`# ${newest}`, newest]);
  });

  it('lists what should not be used any more', () => {
    const lists = changelog
      .split('### Deprecated')
      .slice(1)
      .map((text) => text.split('\n#')[0]!);
    // Root fields go by their own name.
    const names = deprecated(current).map((name) => name.replace('Query.', ''));
    expect(names.filter((name) => !lists.join().includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the check itself', () => {
  const released = buildSchema('type Query { name: String age(unit: String): Int }');
  const text = (breaking: string) =>
    `# Changelog\n\n## [Unreleased]\n${breaking}\n## [1.0.0]\n\n### Breaking\n\n- Query.name was removed.\n`;

  it('finds what is gone, what changed and what is demanded', () => {
    expect(untold(released, buildSchema('type Query { age(unit: String!): Int! }'), text(''))).toEqual([
      'Query.name was removed.',
      'Query.age arg unit has changed type from String to String!.',
    ]);
    expect(
      untold(released, buildSchema('type Query { name: String age(unit: String): Int more: Int }'), text('')),
    ).toEqual([]);
  });

  it('takes the word of the changelog, under its heading only', () => {
    const without = buildSchema('type Query { age(unit: String): Int }');
    expect(untold(released, without, text('\n### Breaking\n\n- `Query.name` was removed. Use nothing.\n'))).toEqual([]);
    expect(untold(released, without, text('\n### Added\n\n- `Query.name` was removed.\n'))).toHaveLength(1);
  });
});
