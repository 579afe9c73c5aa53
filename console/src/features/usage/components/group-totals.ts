import type { UsageSum } from '@/features/usage/api/query-usage';
import { microKrw } from '@/lib/format/money';
import { count } from '@/lib/format/number';

/** What a plot can show of a sum. */
export const MEASURES = ['cost', 'requests', 'tokens'] as const;
export type Measure = (typeof MEASURES)[number];

/** The sums of one group over the whole range. */
export interface GroupTotal {
  readonly group: string;
  readonly requests: number;
  readonly refused: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly amount: bigint;
}

/** The value of a measure; money in won, for plots only. */
export function valueOf(measure: Measure, total: GroupTotal): number {
  switch (measure) {
    case 'cost':
      return Number(total.amount) / 1_000_000;
    case 'requests':
      return total.requests;
    case 'tokens':
      return total.inputTokens + total.outputTokens;
  }
}

/** One sum as a total of its group. */
export function totalOf(sum: UsageSum): GroupTotal {
  return {
    group: sum.group ?? '',
    requests: count(sum.requests),
    refused: count(sum.refusedRequests),
    inputTokens: count(sum.inputTokens),
    outputTokens: count(sum.outputTokens),
    amount: microKrw(sum.amountMicros),
  };
}

function added(one: GroupTotal, other: GroupTotal): GroupTotal {
  return {
    group: one.group,
    requests: one.requests + other.requests,
    refused: one.refused + other.refused,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    amount: one.amount + other.amount,
  };
}

/** Sums by group over all intervals, the largest by the measure first. */
export function groupTotals(sums: readonly UsageSum[], measure: Measure): GroupTotal[] {
  const totals = new Map<string, GroupTotal>();
  for (const total of sums.map(totalOf)) {
    const before = totals.get(total.group);
    totals.set(total.group, before === undefined ? total : added(before, total));
  }
  return [...totals.values()].sort((one, other) => valueOf(measure, other) - valueOf(measure, one));
}

/** A column of the plot: a moment and the value of each group. */
interface Column {
  readonly time: Date;
  readonly values: Readonly<Record<string, number>>;
}

/**
 * The intervals of a plot with the value of each group, in order of time.
 *
 * @param starts when the range's intervals begin: those without calls, of which the platform tells nothing, are columns too
 */
export function plotColumns(sums: readonly UsageSum[], measure: Measure, starts: readonly Date[]): Column[] {
  const columns = new Map<number, Record<string, number>>(starts.map((start) => [start.getTime(), {}]));
  for (const sum of sums) {
    const time = new Date(sum.startTime ?? 0).getTime();
    const values = columns.get(time) ?? {};
    values[sum.group ?? ''] = valueOf(measure, totalOf(sum));
    columns.set(time, values);
  }
  return [...columns.entries()]
    .map(([time, values]) => ({ time: new Date(time), values }))
    .sort((one, other) => one.time.getTime() - other.time.getTime());
}
