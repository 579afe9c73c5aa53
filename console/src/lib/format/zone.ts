/** A day of some zone, such as `2026-11-23`. */
export type Day = string;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) {
    return known;
  }
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, clock);
  return clock;
}

/** What a zone's clocks show at a moment, as if it were UTC's; in milliseconds. */
function shownAt(moment: number, zone: string): number {
  const shown = new Map(
    clockOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  return shownAt(moment, zone) - Math.floor(moment / 1000) * 1000;
}

/** The day that a zone's calendars show at a moment. */
export function dayAt(moment: Date, zone: string): Day {
  return new Date(shownAt(moment.getTime(), zone)).toISOString().slice(0, 10);
}

/** When a day begins in a zone. Where clocks skip midnight, the day begins with what they show instead. */
export function startOfDay(day: Day, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Clocks may be set between the day before and the day after: each side's offset is tried, the earlier moment first.
  const [before, after] = [offsetAt(midnight - DAY_MS, zone), offsetAt(midnight + DAY_MS, zone)];
  const moments = [midnight - Math.max(before, after), midnight - Math.min(before, after)];
  return new Date(moments.find((moment) => shownAt(moment, zone) === midnight) ?? midnight - before);
}

/** The day so many days later; earlier where negative. */
export function plusDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first day of a day's month. */
export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** When the intervals begin, by a zone's clocks, that the moments from `start` until before `end` lie in. */
export function intervalStarts(interval: 'hour' | 'day' | 'month', start: Date, end: Date, zone: string): Date[] {
  const starts: Date[] = [];
  let next = startOfInterval(interval, start, zone);
  while (next < end) {
    starts.push(next);
    next = startAfter(interval, next, zone);
  }
  return starts;
}

function startOfInterval(interval: 'hour' | 'day' | 'month', moment: Date, zone: string): Date {
  switch (interval) {
    case 'hour':
      return startOfHour(moment.getTime(), zone);
    case 'day':
      return startOfDay(dayAt(moment, zone), zone);
    case 'month':
      return startOfDay(firstOfMonth(dayAt(moment, zone)), zone);
  }
}

function startAfter(interval: 'hour' | 'day' | 'month', start: Date, zone: string): Date {
  switch (interval) {
    case 'hour':
      return startOfHour(start.getTime() + HOUR_MS, zone);
    case 'day':
      return startOfDay(plusDays(dayAt(start, zone), 1), zone);
    case 'month':
      return startOfDay(firstOfMonth(plusDays(firstOfMonth(dayAt(start, zone)), 31)), zone);
  }
}

/** Not every zone is whole hours ahead of UTC. */
function startOfHour(moment: number, zone: string): Date {
  const offset = offsetAt(moment, zone);
  return new Date(Math.floor((moment + offset) / HOUR_MS) * HOUR_MS - offset);
}

/** A zone for people: its name and how far it is ahead of UTC at a moment, such as `Asia/Seoul, UTC+9`. */
export function formatZone(zone: string, moment: Date): string {
  const minutes = Math.round(offsetAt(moment.getTime(), zone) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const offset = `${minutes < 0 ? '−' : '+'}${String(hours)}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
  return zone === 'UTC' ? zone : `${zone}, UTC${offset}`;
}
