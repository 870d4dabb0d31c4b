import type { Account } from './account.ts';
import { type Lifeline, lifeline } from './lifeline.ts';

// The files are called after their keepers, so that those of keepers who were killed themselves do not count. A server
// that has hardly begun does not hear the first signal.
const user = `
trap '' INT TERM HUP PIPE
run=$1 server=$2
echo >"$run/users/$$" || exit 1
echo joined
cat >/dev/null
rm -f "$run/users/$$"
for file in "$run/users"/*; do
  kill -0 "\${file##*/}" 2>/dev/null || rm -f "$file"
done
rmdir "$run/users" 2>/dev/null || exec echo left
while [ -d "$run" ] && kill -INT "$server" 2>/dev/null; do sleep 0.01; done
rm -rf "$run"
`;

// The first user's keeper is started together with the server, so that there is no moment in between.
const server = `
trap '' INT TERM HUP PIPE
run=$1 log=$2 user=$3
shift 3
exec 3<&0 </dev/null
"$@" >>"$log" 2>&1 3<&- &
server=$!
/bin/sh -c "$user" user "$run" "$server" <&3 3<&- &
exec 3<&-
wait "$server"
ended=$?
rm -rf "$run"
exit "$ended"
`;

export function signIn(run: string, pid: number, account: Account | undefined): Lifeline {
  return lifeline('/bin/sh', ['-c', user, 'user', run, String(pid)], account);
}

export function startAndSignIn(
  start: { program: string; parameters: readonly string[]; run: string; log: string },
  account?: Account,
): Lifeline {
  const { program, parameters, run, log } = start;
  return lifeline('/bin/sh', ['-c', server, 'server', run, log, user, program, ...parameters], account);
}
