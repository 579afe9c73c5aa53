import { type Day, dayAt, firstOfMonth, plusDays, startOfDay } from '@/lib/format/zone';

const DAY_MS = 86_400_000;

/** The ranges offered by name, in days but for the first; `month` is the calendar month so far. */
export const PRESETS = ['24h', '7d', '30d', 'month'] as const;
export type Preset = (typeof PRESETS)[number];

/** From `start` on, until before `end`. */
export interface TimeRange {
  readonly start: Date;
  readonly end: Date;
}

/**
 * A range as it stands in an address: a preset, or two days such as `2026-11-01..2026-11-07`, both included.
 *
 * It names no zone: its days are those of the tenant, whoever opens the address and wherever.
 */
export type RangeChoice = Preset | `${Day}..${Day}`;

const DAYS = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

function isPreset(text: string): text is Preset {
  return (PRESETS as readonly string[]).includes(text);
}

/** Reads a choice from an address, if there is one. */
export function rangeChoice(text: unknown): RangeChoice | undefined {
  const known = typeof text === 'string' && (isPreset(text) || areDays(text));
  return known ? (text as RangeChoice) : undefined;
}

function areDays(text: string): boolean {
  return (
    DAYS.exec(text)
      ?.slice(1)
      .every((day) => !Number.isNaN(Date.parse(day))) ?? false
  );
}

/** Two days as a choice. */
export function daysChoice(from: Day, to: Day): RangeChoice {
  return `${from}..${to}`;
}

/** The days of a choice that names two, else undefined. */
export function daysOf(choice: RangeChoice): readonly [Day, Day] | undefined {
  const match = DAYS.exec(choice);
  return match?.[1] === undefined || match[2] === undefined ? undefined : [match[1], match[2]];
}

/**
 * The moments that a choice means now, by the days of a zone.
 *
 * The end of a preset is rounded up to the next whole minute, so that pages that ask within it share one answer.
 */
export function resolveRange(choice: RangeChoice, now: Date, zone: string): TimeRange {
  const days = daysOf(choice);
  if (days !== undefined) {
    return { start: startOfDay(days[0], zone), end: startOfDay(plusDays(days[1], 1), zone) };
  }
  const today = dayAt(now, zone);
  const end = new Date(Math.ceil(now.getTime() / 60_000) * 60_000);
  switch (choice as Preset) {
    case '24h':
      return { start: new Date(end.getTime() - DAY_MS), end };
    case '7d':
      return { start: startOfDay(plusDays(today, -6), zone), end };
    case '30d':
      return { start: startOfDay(plusDays(today, -29), zone), end };
    case 'month':
      return { start: startOfDay(firstOfMonth(today), zone), end };
  }
}

/** Hours for up to two days, days for up to three months, months beyond: at most about 90 columns. */
export function intervalFor(range: TimeRange): 'hour' | 'day' | 'month' {
  const length = range.end.getTime() - range.start.getTime();
  if (length <= 2 * DAY_MS) {
    return 'hour';
  }
  return length <= 92 * DAY_MS ? 'day' : 'month';
}
