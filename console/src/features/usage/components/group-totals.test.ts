import { expect, it } from 'vitest';
import { groupTotals, plotColumns } from '@/features/usage/components/group-totals';

const SUMS = [
  { group: 'small', startTime: '2026-11-02T00:00:00Z', requests: '9', inputTokens: '1', amountMicros: '10' },
  {
    group: 'large',
    startTime: '2026-11-01T00:00:00Z',
    requests: '1',
    refusedRequests: '1',
    amountMicros: '9007199254740993',
  },
  { group: 'large', startTime: '2026-11-02T00:00:00Z', requests: '2', outputTokens: '7', amountMicros: '1' },
];

it('adds the sums of a group without losing a micro-won, the largest first', () => {
  const totals = groupTotals(SUMS, 'cost');
  expect(totals).toMatchObject([
    { group: 'large', requests: 3, refused: 1, outputTokens: 7, amount: 9_007_199_254_740_994n },
    { group: 'small', requests: 9 },
  ]);
  expect(groupTotals(SUMS, 'requests')[0]?.group).toBe('small');
});

it('lays the intervals out in order of time, those without calls included', () => {
  const starts = ['10-31', '11-01', '11-02', '11-03'].map((day) => new Date(`2026-${day}T00:00:00Z`));
  expect(plotColumns(SUMS, 'requests', starts)).toEqual([
    { time: new Date('2026-10-31T00:00:00Z'), values: {} },
    { time: new Date('2026-11-01T00:00:00Z'), values: { large: 1 } },
    { time: new Date('2026-11-02T00:00:00Z'), values: { small: 9, large: 2 } },
    { time: new Date('2026-11-03T00:00:00Z'), values: {} },
  ]);
});
