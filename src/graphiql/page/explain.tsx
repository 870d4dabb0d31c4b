import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { Fragment, useEffect } from 'react';
import { asking } from './ask.ts';
import { useExplanation, type ExplainedStatement, type Explanation, type Noted } from './explanation.ts';

/** A panel beside the query: what the graph asks PostgreSQL for it. */
export const explainPlugin: GraphiQLPlugin = { title: 'Explain', icon: ExplainIcon, content: ExplainPanel };

function ExplainIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M4 5h9M4 12h15M4 19h6" />
      <circle cx="17" cy="5" r="1.75" />
      <circle cx="14" cy="19" r="1.75" />
    </svg>
  );
}

function ExplainPanel() {
  const actions = useGraphiQLActions();
  const isFetching = useGraphiQL((state) => state.isFetching);
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]!.id);
  const last = useExplanation(tab);
  useEffect(() => {
    asking.tab = tab;
  }, [tab]);
  useEffect(() => {
    asking.wantsExplanation = true;
    return () => {
      asking.wantsExplanation = false;
    };
  }, []);
  return (
    <section className="explain" aria-labelledby="explain-title">
      <header>
        <h2 id="explain-title">Explain</h2>
        <button type="button" className="graphiql-button" onClick={() => actions.run()} disabled={isFetching}>
          Run query
        </button>
      </header>
      <div aria-live="polite">{last ? <Last {...last} /> : <Hint />}</div>
    </section>
  );
}

function Hint() {
  return (
    <p>
      As long as this panel is open, every answer brings its statements along: what was read, for which field, in how
      many round trips.
    </p>
  );
}

function Last({ outcome, explanation }: Noted) {
  return (
    <>
      {outcome === 'refused' && <p>This request was refused before anything was read.</p>}
      {explanation ? <Flights {...explanation} /> : outcome !== 'refused' && <Silence outcome={outcome} />}
    </>
  );
}

function Silence({ outcome }: Pick<Noted, 'outcome'>) {
  return outcome === 'answered' ? (
    <p>This server keeps its statements to itself. EXPLAIN=on opens them.</p>
  ) : (
    <p>This request was given up, and nobody kept its statements.</p>
  );
}

function Flights({ flights, nodes, values, cost }: Explanation) {
  const statements = flights.flatMap((flight) => flight.statements);
  const ms = flights.reduce((sum, flight) => sum + flight.ms, 0);
  return (
    <>
      <p className="explain-sum">
        <Count of={statements.length} one="statement" /> in <Count of={flights.length} one="round trip" />,{' '}
        <b>{ms.toFixed(1)}</b> ms
      </p>
      {nodes && values && cost && (
        <p className="explain-price">
          At most <Count of={nodes.asked} one="object" /> of {nodes.allowed.toLocaleString('en')},{' '}
          <Count of={values.asked} one="value" /> of {values.allowed.toLocaleString('en')}, cost{' '}
          <b>{cost.asked.toLocaleString('en')}</b> of {cost.allowed.toLocaleString('en')}
        </p>
      )}
      <ol className="explain-flights">
        {flights.map((flight, index) => (
          // An answer's flights never change places.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <h3>
              Round trip {index + 1} <span>{flight.ms.toFixed(1)} ms</span>
            </h3>
            {flight.statements.map((statement, place) => (
              // oxlint-disable-next-line react/no-array-index-key
              <Statement key={place} {...statement} />
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}

function Statement({ path, view, sql, keys, rows, below = [], failed }: ExplainedStatement) {
  return (
    <details className="explain-statement">
      <summary>
        <span className="explain-path">{path ?? view}</span>
        <span className="explain-facts">
          {path !== undefined && <code>{view}</code>}
          {keys !== undefined && <Count of={keys} one="key" />}
          {failed ? <em>failed</em> : <Count of={rows} one="row" />}
          {below.map((level, place) => (
            // The lists below a list stand in one order.
            // oxlint-disable-next-line react/no-array-index-key
            <Fragment key={place}>
              <code>{level.view}</code>
              <Count of={level.rows} one="row" />
            </Fragment>
          ))}
        </span>
      </summary>
      {/* Long lines scroll, also for those who have no mouse. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="region" aria-label={`SQL for ${path ?? view}`}>
        {sql}
      </pre>
    </details>
  );
}

function Count({ of, one }: { readonly of: number; readonly one: string }) {
  return (
    <span>
      <b>{of.toLocaleString('en')}</b> {of === 1 ? one : `${one}s`}
    </span>
  );
}
