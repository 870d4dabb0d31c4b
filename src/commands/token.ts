import { openDevelopmentKey, developmentUnrestrictedClaim } from '../callers/developmentKey.ts';
import { callerOf } from '../callers/claims.ts';
import { readConfig } from '../config.ts';
import { UsageError } from '../config/variables.ts';
import { Failure } from '../failures.ts';
import type { Scope } from '../scope.ts';
import { print, readFlags, type Command } from './command.ts';

const help = `Usage: timeback-graph token (--orgs IDS | --unrestricted) [--subject NAME] [--expires TIME]

Prints a token for the embedded database, signed with the development key of EMBEDDED_DATA_DIR.
Where a real issuer is configured, tokens come from there.

  --orgs IDS        ids of organisations, separated by commas; '' for a caller of no organisation
  --unrestricted    for a caller who may see every row
  --subject NAME    who the caller is (development)
  --expires TIME    how long it is good: 30m, 1h, 24h; 24h at most (1h)`;

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

export const token: Command = {
  name: 'token',
  summary: 'prints a token for the embedded database',
  help,
  async run(args, environment) {
    const flags = readFlags(args, {
      orgs: { type: 'string' },
      unrestricted: { type: 'boolean' },
      subject: { type: 'string', default: 'development' },
      expires: { type: 'string', default: '1h' },
    });
    const config = readConfig(environment);
    if (!config.isDevelopment) {
      throw new UsageError(
        'Tokens come from the configured issuer; the development key opens the embedded database only.',
      );
    }
    const key = openDevelopmentKey(config.dataFolder);
    const scope = scopeOf(flags.orgs, flags.unrestricted ?? false, config.auth.maxOrgs);
    const seconds = secondsOf(flags.expires, config.auth.maxAgeSeconds);
    if (flags.subject === '') throw new UsageError('--subject must not be empty.');
    print(await key.sign({ subject: flags.subject, scope, seconds }));
    return 0;
  },
};

/** Read as the server will read it, so that a token which it would refuse is not made. */
function scopeOf(orgs: string | undefined, unrestricted: boolean, maxOrgs: number): Scope {
  if (unrestricted === (orgs !== undefined)) throw new UsageError('One of --orgs and --unrestricted is needed.');
  const list = orgs?.split(',').map((id) => id.trim()) ?? [];
  const claims = unrestricted ? { [developmentUnrestrictedClaim]: true } : { org_ids: orgs?.trim() === '' ? [] : list };
  try {
    return callerOf(
      { sub: 'development', ...claims },
      { orgsClaim: 'org_ids', unrestrictedClaim: developmentUnrestrictedClaim, maxOrgs },
    ).scope;
  } catch (error) {
    if (error instanceof Failure) throw new UsageError(`--orgs must be at most ${maxOrgs} UUIDs, separated by commas.`);
    throw error;
  }
}

function secondsOf(text: string, most: number): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (unitSeconds[unit] ?? 0);
  if (seconds < 1 || seconds > most) throw new UsageError('--expires must be a time such as 30m or 1h, 24h at most.');
  return seconds;
}
