/** From midnight to midnight by the clock of this browser, also on the days when it is changed. */
export function momentsOf(date: string): { readonly from: string; readonly to: string } {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return { from: new Date(year, month - 1, day).toISOString(), to: new Date(year, month - 1, day + 1).toISOString() };
}

/** The day on which that moment lies by the clock of this browser. */
export function localDay(moment: string): string {
  const date = new Date(moment);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
