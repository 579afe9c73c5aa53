const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The ranges offered by name; `month` is the calendar month so far. */
export const PRESETS = ['24h', '7d', '30d', 'month'] as const;
export type Preset = (typeof PRESETS)[number];

/** From `start` on, until before `end`. */
export interface TimeRange {
  readonly start: Date;
  readonly end: Date;
}

/** A range as it stands in an address: a preset, or two days such as `2026-11-01..2026-11-07`, both included. */
export type RangeChoice = Preset | `${string}..${string}`;

const DAYS = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

function isPreset(text: string): text is Preset {
  return (PRESETS as readonly string[]).includes(text);
}

/** Reads a choice from an address, if there is one. */
export function rangeChoice(text: unknown): RangeChoice | undefined {
  const known = typeof text === 'string' && (isPreset(text) || DAYS.test(text));
  return known ? (text as RangeChoice) : undefined;
}

/** Two days of the reader's zone, as a choice. */
export function daysChoice(from: string, to: string): RangeChoice {
  return `${from}..${to}`;
}

/** The days of a choice that names two, else undefined. */
export function daysOf(choice: RangeChoice): readonly [string, string] | undefined {
  const match = DAYS.exec(choice);
  return match?.[1] === undefined || match[2] === undefined ? undefined : [match[1], match[2]];
}

/**
 * The moments that a choice means now, in the reader's zone.
 *
 * The end of a preset is rounded up to the next whole minute, so that pages that ask within it share one answer.
 */
export function resolveRange(choice: RangeChoice, now: Date): TimeRange {
  const days = daysOf(choice);
  if (days !== undefined) {
    const end = new Date(`${days[1]}T00:00:00`);
    end.setDate(end.getDate() + 1);
    return { start: new Date(`${days[0]}T00:00:00`), end };
  }
  const end = new Date(Math.ceil(now.getTime() / 60_000) * 60_000);
  switch (choice as Preset) {
    case '24h':
      return { start: new Date(end.getTime() - DAY_MS), end };
    case '7d':
      return { start: startOfDay(now, 6), end };
    case '30d':
      return { start: startOfDay(now, 29), end };
    case 'month':
      return { start: new Date(now.getFullYear(), now.getMonth(), 1), end };
  }
}

function startOfDay(now: Date, daysBefore: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore);
}

/** Hours for up to two days, days for up to three months, months beyond: at most about 90 columns. */
export function intervalFor(range: TimeRange): 'hour' | 'day' | 'month' {
  const length = range.end.getTime() - range.start.getTime();
  if (length <= 2 * DAY_MS) {
    return 'hour';
  }
  return length <= 92 * DAY_MS ? 'day' : 'month';
}
