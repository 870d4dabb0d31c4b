import pg from 'pg';

const beginsWell = /^postgres(ql)?:\/\/./;

/** PostgreSQL's client takes any other word, too, and makes of it what nobody has asked for. */
const sslModes: readonly string[] = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** Whether PostgreSQL's client makes anything of it: it reads the files that the URL names, and connects nowhere yet. */
export function isDatabaseUrl(url: string): boolean {
  return beginsWell.test(url) && hasSslMode(url) && faultIn(url) === undefined;
}

function hasSslMode(url: string): boolean {
  const [, search = ''] = /\?(.*)$/s.exec(url) ?? [];
  return new URLSearchParams(search).getAll('sslmode').every((mode) => sslModes.includes(mode));
}

/** What a URL that cannot be used must be. Nothing of it is repeated: it holds a password. */
export function databaseUrlWords(url: string): string {
  if (!beginsWell.test(url)) return 'a URL that begins with postgres:// or postgresql://';
  if (!hasSslMode(url))
    return `a URL with an sslmode that is ${sslModes.slice(0, -1).join(', ')} or ${sslModes.at(-1)}`;
  const fault = faultIn(url);
  if (fault instanceof Error && 'syscall' in fault && 'code' in fault) {
    const named = ['sslrootcert', 'sslcert', 'sslkey'].filter((name) => url.includes(`${name}=`));
    return `a URL whose files can be read: that of ${named.join(' or ')} cannot (${String(fault.code)})`;
  }
  if (fault instanceof TypeError || fault instanceof URIError) {
    return 'a URL: special characters of its user and password are percent-encoded, %23 for # and %2F for /';
  }
  return 'a URL with an sslrootcert where its sslmode is verify-ca';
}

/** Before words of others are shown: whether the password of a URL is among them, as it stands there or decoded. */
export function holdsPasswordOf(url: string, words: string): boolean {
  const [, written = ''] = /^[^:]+:\/\/[^/?#@]*?:(.*)@/.exec(url) ?? [];
  const decoded = faultIn(url) === undefined ? new pg.Client({ connectionString: url }).password : null;
  return [written, decoded].some((password) => !!password && words.includes(password));
}

function faultIn(url: string): unknown {
  // What follows it would be cut off, and the beginning of a password be taken for a port.
  if (url.includes('#')) return new URIError('#');
  try {
    return void new pg.Client({ connectionString: url });
  } catch (error) {
    return error;
  }
}
