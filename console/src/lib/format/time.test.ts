import { describe, expect, it } from 'vitest';
import { formatDuration, formatRelative } from '@/lib/format/time';
import { intervalFor, rangeChoice, resolveRange } from '@/lib/format/time-range';

const NOW = new Date('2026-11-23T12:00:30');

describe('time', () => {
  it.each([
    ['2026-11-23T12:00:30', 'now'],
    ['2026-11-23T11:59:00', '1 minute ago'],
    ['2026-11-22T11:00:00', 'yesterday'],
    ['2026-11-28T13:00:00', 'in 5 days'],
    ['2026-11-30T12:00:29', 'in 7 days'],
    ['2026-11-23T12:59:50', 'in 59 minutes'],
    ['2026-11-23T12:31:30', 'in 31 minutes'],
  ])('%s is %s', (time, text) => {
    expect(formatRelative(new Date(time), NOW, 'en')).toBe(text);
  });

  it.each([
    [184, '184 ms'],
    [1_240, '1.2 s'],
    [200_000, '3 min 20 s'],
  ])('%i ms reads %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds, 'en')).toBe(text);
  });
});

describe('time ranges', () => {
  // Still Sunday evening in New York, Monday morning in Seoul.
  const now = new Date('2026-11-23T02:30:30Z');

  it("begin with the zone's day and end with the running minute", () => {
    const end = new Date('2026-11-23T02:31:00Z');
    expect(resolveRange('7d', now, 'Asia/Seoul')).toEqual({ start: new Date('2026-11-16T15:00Z'), end });
    expect(resolveRange('7d', now, 'America/New_York')).toEqual({ start: new Date('2026-11-16T05:00Z'), end });
    expect(resolveRange('24h', now, 'Asia/Seoul').start).toEqual(new Date('2026-11-22T02:31Z'));
  });

  it("begin with the zone's month, whose clocks may have been set since", () => {
    expect(resolveRange('month', now, 'Asia/Seoul').start).toEqual(new Date('2026-10-31T15:00Z'));
    expect(resolveRange('month', now, 'America/New_York').start).toEqual(new Date('2026-11-01T04:00Z'));
    const newYear = new Date('2026-12-31T15:00:00Z');
    expect(resolveRange('month', newYear, 'Asia/Seoul').start).toEqual(newYear);
  });

  it('include both of two days', () => {
    expect(resolveRange('2026-10-30..2026-11-02', now, 'America/New_York')).toEqual({
      start: new Date('2026-10-30T04:00Z'),
      end: new Date('2026-11-03T05:00Z'),
    });
  });

  it('are read from an address with care', () => {
    expect(rangeChoice('30d')).toBe('30d');
    expect(rangeChoice('2026-10-30..2026-11-02')).toBe('2026-10-30..2026-11-02');
    expect(rangeChoice('yesterday')).toBeUndefined();
    expect(rangeChoice('2026-13-30..2026-11-02')).toBeUndefined();
    expect(rangeChoice(7)).toBeUndefined();
  });

  it('are summed by an interval that leaves a readable number of columns', () => {
    expect(intervalFor(resolveRange('24h', now, 'Asia/Seoul'))).toBe('hour');
    expect(intervalFor(resolveRange('30d', now, 'Asia/Seoul'))).toBe('day');
    expect(intervalFor(resolveRange('2026-01-01..2026-11-02', now, 'Asia/Seoul'))).toBe('month');
  });
});
