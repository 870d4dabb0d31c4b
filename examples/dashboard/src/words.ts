/** Figures and times as people write them, in the language and the time zone of the browser. */
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const signedPercent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});
const signedOneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const count = (value: number) => whole.format(value);
export const figure = (value: number) => oneDigit.format(value);
export const share = (value: number) => percent.format(value);
export const signedShare = (value: number) => signedPercent.format(value);
/** The change of a share, in hundredths of the whole. */
export const points = (change: number) => `${signedOneDigit.format(100 * change)} points`;
export const time = (moment: string | Date) => clock.format(new Date(moment));
/** Of a moment, by the clock of this browser. */
export const dayInWords = (moment: Date) => longDay.format(moment);
/** Of a calendar day, which has no zone. */
export const day = (date: string | Date) => shortDay.format(new Date(date));

export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0 && seconds > 0) return '< 1 min';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 6_000) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${whole.format(minutes / 60)} h`;
}

export function counted(value: number, one: string, many: string): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}
