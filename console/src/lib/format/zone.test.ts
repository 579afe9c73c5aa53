import { describe, expect, it } from 'vitest';
import { dayAt, formatZone, intervalStarts, plusDays, startOfDay } from '@/lib/format/zone';

const SEOUL = 'Asia/Seoul';
const NEW_YORK = 'America/New_York';

describe('days of a zone', () => {
  it.each([
    ['2026-11-23T14:59:59Z', SEOUL, '2026-11-23'],
    ['2026-11-23T15:00:00Z', SEOUL, '2026-11-24'],
    ['2026-11-23T04:59:59Z', NEW_YORK, '2026-11-22'],
    ['2026-11-23T18:30:00Z', 'Asia/Kolkata', '2026-11-24'],
    ['2026-11-23T10:00:00Z', 'Pacific/Kiritimati', '2026-11-24'],
  ])('%s in %s is on %s', (moment, zone, day) => {
    expect(dayAt(new Date(moment), zone)).toBe(day);
  });

  it.each([
    ['2026-11-23', SEOUL, '2026-11-22T15:00:00Z'],
    ['2026-11-23', 'UTC', '2026-11-23T00:00:00Z'],
    ['2026-11-23', 'Asia/Kolkata', '2026-11-22T18:30:00Z'],
    // Clocks are set at two in the night.
    ['2026-03-08', NEW_YORK, '2026-03-08T05:00:00Z'],
    ['2026-03-09', NEW_YORK, '2026-03-09T04:00:00Z'],
    ['2026-11-01', NEW_YORK, '2026-11-01T04:00:00Z'],
    ['2026-11-02', NEW_YORK, '2026-11-02T05:00:00Z'],
    // Clocks skip from midnight to one.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00Z'],
    // Clocks go back from midnight: the last hour of the day before is there twice.
    ['2026-10-30', 'Africa/Cairo', '2026-10-29T22:00:00Z'],
    // Clocks go back to midnight: the day begins with the first of two.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z'],
  ])('%s in %s begins at %s', (day, zone, moment) => {
    expect(startOfDay(day, zone)).toEqual(new Date(moment));
  });

  it('go on over the ends of months and years', () => {
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(plusDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('are told with their zone', () => {
    const moment = new Date('2026-11-23T00:00Z');
    expect(formatZone(SEOUL, moment)).toBe('Asia/Seoul, UTC+9');
    expect(formatZone(NEW_YORK, moment)).toBe('America/New_York, UTC−5');
    expect(formatZone('Asia/Kolkata', moment)).toBe('Asia/Kolkata, UTC+5:30');
    expect(formatZone('UTC', moment)).toBe('UTC');
  });
});

describe('intervals of a zone', () => {
  const starts = (interval: 'hour' | 'day' | 'month', start: string, end: string, zone: string) =>
    intervalStarts(interval, new Date(start), new Date(end), zone).map((time) => time.toISOString().slice(0, 16));

  it('are all there from the one that the range begins in', () => {
    expect(starts('day', '2026-11-20T20:00Z', '2026-11-22T15:00Z', SEOUL)).toEqual([
      '2026-11-20T15:00',
      '2026-11-21T15:00',
    ]);
    expect(starts('month', '2026-10-31T14:00Z', '2026-12-31T15:01Z', SEOUL)).toEqual([
      '2026-09-30T15:00',
      '2026-10-31T15:00',
      '2026-11-30T15:00',
      '2026-12-31T15:00',
    ]);
  });

  it('are longer or shorter where clocks are set', () => {
    expect(starts('day', '2026-03-07T05:00Z', '2026-03-10T00:00Z', NEW_YORK)).toEqual([
      '2026-03-07T05:00',
      '2026-03-08T05:00',
      '2026-03-09T04:00',
    ]);
    expect(starts('hour', '2026-11-01T05:00Z', '2026-11-01T07:30Z', NEW_YORK)).toEqual([
      '2026-11-01T05:00',
      '2026-11-01T06:00',
      '2026-11-01T07:00',
    ]);
  });

  it('begin with the hours that are shown there', () => {
    expect(starts('hour', '2026-11-23T00:10Z', '2026-11-23T01:40Z', 'Asia/Kolkata')).toEqual([
      '2026-11-22T23:30',
      '2026-11-23T00:30',
      '2026-11-23T01:30',
    ]);
  });
});
