import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { type Copy, DockerfileParser } from 'dockerfile-ast';
import { root } from '../../src/root.ts';

/** What a container starts with: the folder that stands for its file system, and how it is told to start. */
export interface Image {
  readonly folder: string;
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

export const deployFolder = join(root, 'examples', 'deploy');
export const dockerfile = readFileSync(join(deployFolder, 'Dockerfile'), 'utf8');

/** What the engine is allowed to see: `*` first, and then the exceptions. */
export function allowedContext(): readonly string[] {
  const lines = readFileSync(join(deployFolder, 'Dockerfile.dockerignore'), 'utf8').split('\n');
  const [all, ...others] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (all !== '*' || !others.every((line) => /^![\w./-]+$/.test(line))) throw new Error('Not a list of exceptions.');
  return others.map((line) => line.slice(1));
}

const execute = promisify(execFile);

/**
 * Does what the Dockerfile says where no container engine runs: a folder in the place of each stage, the real commands in it. Only the
 * clean install of everything, which the repository has just had, is not done a second time.
 */
export async function buildImage(place: string): Promise<Image> {
  const allowed = allowedContext();
  const stages: Record<string, Image> = {};
  let image = blank(place, '');
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const content = instruction.getArgumentsContent() ?? '';
    const words = content.split(/\s+/);
    switch (instruction.getKeyword()) {
      case 'FROM': {
        const name = / AS (\w+)$/.exec(content)?.[1] ?? 'image';
        image = blank(join(place, name), content);
        stages[name] = image;
        break;
      }
      case 'WORKDIR':
        mkdirSync(join(image.folder, content), { recursive: true });
        image = { ...image, workdir: join(image.folder, content) };
        break;
      case 'COPY': {
        const from = (instruction as Copy).getFromFlag()?.getValue() ?? undefined;
        const target = join(image.workdir, words.at(-1)!);
        for (const source of words.slice(0, -1)) {
          if (from === undefined && !allowed.some((part) => source === part || source.startsWith(`${part}/`))) {
            throw new Error(`${source} is not let into the build.`);
          }
          const path = from === undefined ? join(root, source) : join(stages[from]!.folder, source);
          // As the engine does it: a folder's content, and a file into a folder.
          cpSync(path, words.at(-1)!.endsWith('/') ? join(target, basename(source)) : target, { recursive: true });
        }
        break;
      }
      case 'RUN':
        if (content === 'npm ci') lendInstalled(image.workdir);
        else await execute('/bin/sh', ['-c', content], { cwd: image.workdir, env: environmentOfBuild() });
        break;
      case 'ENV': {
        const added = Object.fromEntries(words.map((word) => word.split('=') as [string, string]));
        image = { ...image, environment: { ...image.environment, ...added } };
        break;
      }
      case 'USER':
        image = { ...image, user: content };
        break;
      case 'ENTRYPOINT':
        image = { ...image, entrypoint: JSON.parse(content) as string[] };
        break;
      case 'CMD':
        image = { ...image, command: JSON.parse(content) as string[] };
        break;
      case 'HEALTHCHECK':
        image = { ...image, healthcheck: JSON.parse(content.slice(content.indexOf('['))) as string[] };
        break;
      case 'EXPOSE':
        break;
      default:
        throw new Error(`${instruction.getKeyword()} is not among what is done here.`);
    }
    if (image.workdir !== '' && !existsSync(image.workdir)) throw new Error(`${image.workdir} is missing.`);
  }
  return image;
}

/** With GraphiQL, if it was built here: the build looks for itself whether that was made of the same sources. */
function lendInstalled(workdir: string): void {
  symlinkSync(join(root, 'node_modules'), join(workdir, 'node_modules'));
  const graphiql = join('dist', 'graphiql');
  if (existsSync(join(root, graphiql))) cpSync(join(root, graphiql), join(workdir, graphiql), { recursive: true });
}

function blank(folder: string, content: string): Image {
  if (content !== '') mkdirSync(folder, { recursive: true });
  return { folder, workdir: '', environment: {}, user: 'root', entrypoint: [], command: [], healthcheck: [] };
}

/** What has just been installed need not come over the network again. */
function environmentOfBuild(): NodeJS.ProcessEnv {
  const { NODE_ENV: _, ...environment } = process.env;
  return { ...environment, npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };
}
