import { useEffect, useState } from 'react';

export interface SearchBoxProps {
  readonly label: string;
  readonly text: string;
  readonly onSearch: (text: string) => void;
}

const pauseMs = 250;

/** Asks when the typing pauses, not at every letter. */
export function SearchBox({ label, text, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => onSearch(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, text, onSearch]);
  return (
    <label className="search">
      <span className="unseen">{label}</span>
      <input
        type="search"
        value={typed}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setTyped(target.value)}
      />
    </label>
  );
}
