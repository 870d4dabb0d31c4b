import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/root.ts';

/** A block of code in a page of the documentation. */
export interface Block {
  readonly file: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  /** The word behind the fence; commands are indented and have none. */
  readonly language: string;
  readonly text: string;
  /** What the line above calls it: `` `src/main.ts`: ``. */
  readonly name: string | undefined;
}

export function readBlocks(file: string): readonly Block[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index++) {
    const fence = /^(\s*)```(\w*)$/.exec(lines[index]!);
    if (fence) {
      const end = lines.findIndex((line, at) => at > index && line.trim() === '```');
      if (end === -1) throw new Error(`${file} has a block without an end.`);
      blocks.push(block(index + 1, end, fence[2]!, fence[1]!.length));
      index = end;
    } else if (isCommand(index)) {
      let end = index;
      while (isCommand(end)) end++;
      blocks.push(block(index, end, 'sh', 4));
      index = end;
    }
  }
  return blocks;

  function block(from: number, to: number, language: string, indent: number): Block {
    const text = lines.slice(from, to).map((line) => line.slice(indent));
    const above = lines.slice(0, from).findLast((line) => line.trim() !== '' && !line.includes('```')) ?? '';
    return { file, line: from + 1, language, text: `${text.join('\n')}\n`, name: /`([\w./]+)`:$/.exec(above)?.[1] };
  }

  function isCommand(at: number): boolean {
    return /^ {4}\S/.test(lines[at] ?? '');
  }
}

/** The commands of an indented block: one a line, unless a backslash says that it goes on. */
export function commandsOf({ text }: Block): readonly string[] {
  return text
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}
