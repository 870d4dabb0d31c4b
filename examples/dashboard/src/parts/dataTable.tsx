import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly name: string;
  readonly value: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  /** Left out where the screen is narrow. */
  readonly isExtra?: boolean;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** The first column names the row. */
export function DataTable<Row>({ caption, columns, rows }: DataTableProps<Row>) {
  const classOf = ({ isNumber, isExtra }: Column<Row>) => `${isNumber ? 'number' : ''} ${isExtra ? 'extra' : ''}`;
  return (
    // Reachable with the keyboard, because it scrolls where it is wider than the screen.
    <div className="scroller" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={classOf(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column, place) =>
                place === 0 ? (
                  <th key={column.name} scope="row">
                    {column.value(row)}
                  </th>
                ) : (
                  <td key={column.name} className={classOf(column)}>
                    {column.value(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
