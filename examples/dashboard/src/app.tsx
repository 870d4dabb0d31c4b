import { useMemo } from 'react';
import { Provider } from 'urql';
import { createGraphClient } from './graph/client.ts';
import { SchoolPage } from './pages/school.tsx';
import { SchoolsPage } from './pages/schools.tsx';
import { StudentPage } from './pages/student.tsx';
import { Link } from './parts/link.tsx';
import { placeOf, usePath } from './place.ts';
import { endSession, signOut, useSession, type Session } from './session/session.ts';
import { SignIn } from './session/signIn.tsx';

export function App() {
  const state = useSession();
  // A new session is a new tree: nothing on the screen is left over from whoever was here before.
  return state.status === 'in' ? (
    <Dashboard key={state.session.token} session={state.session} />
  ) : (
    <SignIn hasEnded={state.hasEnded} />
  );
}

function Dashboard({ session: { token, name } }: { readonly session: Session }) {
  const client = useMemo(() => createGraphClient(token, () => endSession(token)), [token]);
  const path = usePath();
  return (
    <Provider value={client}>
      <a className="skip" href="#page">
        To the page
      </a>
      <header className="top">
        <Link href="/" className="mark">
          TimeBack
        </Link>
        <span className="who">{name}</span>
        <button type="button" className="quiet" onClick={signOut}>
          Sign out
        </button>
      </header>
      <main id="page">
        <Page path={path} key={path} />
      </main>
    </Provider>
  );
}

function Page({ path }: { readonly path: string }) {
  const place = placeOf(path);
  switch (place.page) {
    case 'schools':
      return <SchoolsPage />;
    case 'school':
      return <SchoolPage {...place} />;
    case 'student':
      return <StudentPage {...place} />;
    default:
      return (
        <>
          <h1>Nothing here</h1>
          <p className="note">
            This address leads nowhere. <Link href="/">All schools</Link>
          </p>
        </>
      );
  }
}
