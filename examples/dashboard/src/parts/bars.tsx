export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly note: string;
}

export interface BarsProps {
  readonly caption: string;
  readonly color: string;
  readonly bars: readonly Bar[];
}

/** Named amounts, compared. A table whose rows are drawn: who hears the page and who sees it read the same thing. */
export function Bars({ caption, color, bars }: BarsProps) {
  const most = Math.max(...bars.map(({ value }) => value));
  return (
    <table className="bars">
      <caption className="unseen">{caption}</caption>
      <tbody>
        {bars.map(({ name, value, text, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="amount">
              <span
                className="length"
                style={{ width: `${most > 0 ? Math.max(0, (100 * value) / most) : 0}%`, background: color }}
              />
            </td>
            <td className="number">{text}</td>
            <td className="number extra">{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
