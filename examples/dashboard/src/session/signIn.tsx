import { useState } from 'react';
import { createGraphClient } from '../graph/client.ts';
import { graphql } from '../graph/documents/gql.ts';
import { troubleOf } from '../graph/trouble.ts';
import { useTitle } from '../useTitle.ts';
import { signIn, type Session } from './session.ts';
import { useDemoCallers } from './useDemoCallers.ts';

const query = graphql(`
  query Caller {
    caller {
      subject
    }
  }
`);

export function SignIn({ hasEnded }: { readonly hasEnded: boolean }) {
  const [trouble, setTrouble] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const heading = useTitle('Sign in');
  const demoCallers = useDemoCallers();
  /** The graph is asked first: a token that it does not take is better refused here than on an empty page. */
  const enter = async (token: string, name?: string) => {
    if (isAsking) return;
    setAsking(true);
    const answer = await askCaller(token);
    setAsking(false);
    if (typeof answer === 'string') setTrouble(answer);
    else signIn({ token, name: name ?? answer.name });
  };
  return (
    <main className="signIn">
      <p className="mark">TimeBack</p>
      <h1 ref={heading} tabIndex={-1}>
        {hasEnded ? 'Your session has ended' : 'Sign in'}
      </h1>
      <p className="note">
        {hasEnded
          ? 'Sign in again to go on where you were.'
          : 'Who you are decides what you see: your schools, your students, and nobody else’s.'}
      </p>
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      {demoCallers.length > 0 && (
        <ul className="callers" aria-label="Demo callers">
          {demoCallers.map(({ name, title, token }) => (
            <li key={name}>
              <button type="button" aria-disabled={isAsking} onClick={() => void enter(token, name)}>
                <strong>{name}</strong> <span>{title}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <TokenForm isAsking={isAsking} onToken={enter} />
    </main>
  );
}

interface TokenFormProps {
  readonly isAsking: boolean;
  readonly onToken: (token: string) => Promise<void>;
}

function TokenForm({ isAsking, onToken }: TokenFormProps) {
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // As `npm start` prints it, people copy the whole line.
        void onToken(text.replace(/^\s*(authorization:)?\s*(bearer)?\s*/i, '').trim());
      }}
    >
      <label>
        <span>A token, as the server prints it</span>
        <textarea
          value={text}
          rows={4}
          required
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <button type="submit" aria-disabled={isAsking}>
        {isAsking ? 'Asking …' : 'Sign in'}
      </button>
    </form>
  );
}

async function askCaller(token: string): Promise<string | Pick<Session, 'name'>> {
  let isRefused = false;
  const client = createGraphClient(token, () => (isRefused = true));
  const { data, error } = await client.query(query, {}).toPromise();
  if (isRefused) return 'The graph does not take this token. It may have expired, or belong to another server.';
  if (error) return troubleOf(error).text.replace(' Trying again …', '');
  return { name: data?.caller?.subject ?? 'Somebody' };
}
