export interface LegendProps {
  readonly entries: readonly { readonly name: string; readonly color: string }[];
}

export function Legend({ entries }: LegendProps) {
  return (
    <ul className="legend">
      {entries.map(({ name, color }) => (
        <li key={name}>
          <span style={{ background: color }} />
          {name}
        </li>
      ))}
    </ul>
  );
}
