import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useEffect, useRef, useState } from 'react';
import type { SignedCaller } from '../signedCaller.ts';
import { ask, asking } from './ask.ts';
import { CallerPicker } from './callerPicker.tsx';
import { CopyLink } from './copyLink.tsx';
import { examples } from './examples.ts';
import { explainPlugin } from './explain.tsx';
import { takeLink } from './link.ts';
import { openStorage } from './storage.ts';

/** As in the style sheet. */
const isNarrow = matchMedia('(max-width: 760px)').matches;
const plugins = [explorerPlugin(), explainPlugin, HISTORY_PLUGIN];

export function Page({ callers }: { readonly callers: readonly SignedCaller[] }) {
  const [token, setToken] = useState('');
  const [storage] = useState(() => openStorage(callers.length > 0));
  const [linked] = useState(takeLink);
  const use = (chosen: string) => {
    asking.token = chosen;
    setToken(chosen);
  };
  return (
    <>
      <header className="bar">
        <h1>
          <svg
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            aria-hidden="true"
          >
            <circle cx="12" cy="12" r="9.5" />
            <path d="M12 6v6.5l-4 2.5" />
          </svg>
          TimeBack graph
        </h1>
        <CallerPicker callers={callers} storage={storage} onChange={use} />
      </header>
      <main>
        {token === '' ? (
          <p className="nobody">Every question needs somebody who asks it. Paste her token above.</p>
        ) : (
          <GraphiQL
            fetcher={ask}
            storage={storage}
            plugins={plugins}
            defaultTabs={linked ? [linked, ...examples] : [...examples]}
            {...(linked && { initialQuery: linked.query, initialVariables: linked.variables })}
            defaultEditorToolsVisibility={isNarrow ? false : 'variables'}
            isHeadersEditorEnabled={false}
            inputValueDeprecation
            schemaDescription
          >
            <GraphiQL.Logo>{null}</GraphiQL.Logo>
            <GraphiQL.Toolbar>
              {({ prettify, merge, copy }) => (
                <>
                  {prettify}
                  {merge}
                  {copy}
                  <CopyLink />
                </>
              )}
            </GraphiQL.Toolbar>
            <RunAgain token={token} />
            <AsWritten />
          </GraphiQL>
        )}
      </main>
    </>
  );
}

/** Somebody else asks: the answer to look at is hers. So is the schema, if the last token was not good enough to read it. */
function RunAgain({ token }: { readonly token: string }) {
  const actions = useGraphiQLActions();
  const isRead = useGraphiQL(({ schema }) => Boolean(schema));
  const last = useRef(token);
  useEffect(() => {
    if (last.current === token) return;
    last.current = token;
    if (!isRead) void actions.introspect();
    actions.run();
  }, [token, actions, isRead]);
  return null;
}

/** Names and texts are in many languages: no letter of theirs is boxed because it looks like another one. */
function AsWritten() {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, responseEditor])
      editor?.updateOptions({ unicodeHighlight: { ambiguousCharacters: false } });
  }, [queryEditor, variableEditor, responseEditor]);
  return null;
}
