import type pg from 'pg';
import type { Finding } from './finding.ts';

/** What makes answers wrong although each view is as it should be. */
export async function findingsAround(client: pg.Client, searchPath: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const { rows: encodings } = await client.query<{ server_encoding: string }>('show server_encoding');
  if (encodings[0]!.server_encoding === 'SQL_ASCII') {
    const message =
      'The database is in SQL_ASCII: a list with a text that is no UTF-8 fails, and only A to Z are found whatever their case.';
    findings.push({ kind: 'encoding', severity: 'warning', message });
  }
  const { rows: schemas } = await client.query<{ name: string }>(openSchemas, [searchPath]);
  for (const { name } of schemas) {
    const message = `Everybody may create functions beside citext, and the graph might call them. What helps: revoke create on schema ${name} from public.`;
    findings.push({ kind: 'schema open', severity: 'warning', message });
  }
  return findings;
}

const openSchemas = `
select quote_ident(n.nspname) as name
from pg_namespace n
where quote_ident(n.nspname) = any(string_to_array($1, ', '))
and exists (
  select
  from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
  where a.grantee = 0
  and a.privilege_type = 'CREATE'
)`;
