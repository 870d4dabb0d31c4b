import { useEffect, useState, type SubmitEvent } from 'react';
import type { SignedCaller } from '../signedCaller.ts';
import type { openStorage } from './storage.ts';

interface CallerPickerProps {
  readonly callers: readonly SignedCaller[];
  readonly storage: ReturnType<typeof openStorage>;
  /** Called with the token of whoever asks from now on; empty when there is nobody yet. */
  readonly onChange: (token: string) => void;
}

/** Who asks: one of the demo callers, where the server offers them, or whoever has a token to paste. */
export function CallerPicker({ callers, storage, onChange }: CallerPickerProps) {
  const [name, setName] = useState(() => {
    const last = storage.getItem('caller');
    return callers.find((caller) => caller.name === last)?.name ?? callers[0]?.name ?? '';
  });
  useEffect(() => {
    // A pasted token is kept nowhere, and so is that it was one.
    if (name !== '') storage.setItem('caller', name);
    onChange(callers.find((caller) => caller.name === name)?.token ?? '');
    // Only another caller is news: the rest is the same for as long as the page is open.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [name]);
  return (
    <div className="caller">
      {callers.length > 0 && (
        <label>
          Asking as{' '}
          <select value={name} onChange={(event) => setName(event.target.value)}>
            {callers.map((caller) => (
              <option key={caller.name} value={caller.name}>
                {caller.name}, {caller.title}
              </option>
            ))}
            <option value="">Somebody else, with a token</option>
          </select>
        </label>
      )}
      {name === '' && <TokenField onChange={onChange} />}
    </div>
  );
}

function TokenField({ onChange }: Pick<CallerPickerProps, 'onChange'>) {
  const [text, setText] = useState('');
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    // As the banner prints it, as a header holds it, or the token alone.
    onChange(text.trim().replace(/^(?:authorization:\s*)?(?:bearer\s+)?/i, ''));
  }
  return (
    <form onSubmit={submit}>
      <label>
        Token{' '}
        <input
          type="password"
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          required
        />
      </label>
      <button type="submit">Ask</button>
    </form>
  );
}
