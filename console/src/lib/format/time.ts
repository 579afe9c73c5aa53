const SECOND = 1_000;
const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400 * SECOND],
  ['hour', 3_600 * SECOND],
  ['minute', 60 * SECOND],
  ['second', SECOND],
];
const RELATIVE_UP_TO_MS = 30 * 86_400 * SECOND;

/** A moment as date and time of a zone, of the reader's own unless another is named. */
export function formatMoment(moment: Date, language: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
  return format.format(moment);
}

/** A moment to the second without its year, for logs; of the reader's zone unless another is named. */
export function formatInstant(moment: Date, language: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(language, {
    timeZone,
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(moment);
}

/** A moment as a date of the reader's zone. */
export function formatDay(moment: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(moment);
}

/** "3 minutes ago", "in 5 days"; beyond a month the date itself says more. */
export function formatRelative(moment: Date, now: Date, language: string): string {
  const distance = moment.getTime() - now.getTime();
  if (Math.abs(distance) > RELATIVE_UP_TO_MS) {
    return formatDay(moment, language);
  }
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  // What is still to come is rounded: a week from now is 7 days, also a moment later.
  const whole = distance > 0 ? Math.round : Math.trunc;
  const step = STEPS.find(([, size]) => Math.abs(distance) >= size);
  return step === undefined ? format.format(0, 'second') : format.format(whole(distance / step[1]), step[0]);
}

/** A length of time in the unit that reads best: 840 ms, 1.2 s, 3 min 20 s. */
export function formatDuration(milliseconds: number, language: string): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: milliseconds < 10_000 ? 1 : 0 });
  if (milliseconds < SECOND) {
    return `${number.format(Math.round(milliseconds))} ms`;
  }
  if (milliseconds < 60 * SECOND) {
    return `${number.format(milliseconds / SECOND)} s`;
  }
  const minutes = Math.floor(milliseconds / (60 * SECOND));
  const seconds = Math.round((milliseconds % (60 * SECOND)) / SECOND);
  return `${String(minutes)} min ${String(seconds)} s`;
}

/** Milliseconds in a proto duration's text, such as "1.204s". */
export function durationMs(text: string | undefined): number {
  return text === undefined ? 0 : Number(text.replace(/s$/, '')) * SECOND;
}
