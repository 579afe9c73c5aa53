import type { Schema } from '@/lib/api/schema';
import { intervalStarts } from '@/lib/format/zone';
import { idOf } from '@/testing/ids';
import { type PlatformState, replaced } from '@/testing/platform-state';
import { refusal, type Routes } from '@/testing/routes';

const PAGE_SIZE = 50;

type UsageSum = Schema<'quota.v1.UsageSum'>;
type UsageRecord = Schema<'quota.v1.UsageRecord'>;

/** Limits, prices and usage. */
export function quotaRoutes(state: PlatformState): Routes {
  return {
    'GET /api/v1/tenants/{tenantId}/limits': () => ({ limits: state.limits }),
    'POST /api/v1/tenants/{tenantId}/limits': ({ path, body }) => {
      const limit = {
        ...body,
        tenantId: path['tenantId'] ?? '',
        limitId: idOf('lim', 100 + state.limits.length),
        used: '0',
      };
      state.limits = [...state.limits, limit];
      return { limit };
    },
    'PATCH /api/v1/tenants/{tenantId}/limits/{limitId}': ({ path, body }) => {
      state.limits = replaced(state.limits, ({ limitId }) => limitId === path['limitId'], body);
      return {};
    },
    'POST /api/v1/tenants/{tenantId}/limits/{limitId}:raise': ({ path, body }) => {
      const raise = { ...body, raisedBy: idOf('usr', 1), raiseTime: new Date().toISOString() };
      state.limits = replaced(state.limits, ({ limitId }) => limitId === path['limitId'], { raise });
      return {};
    },
    'POST /api/v1/tenants/{tenantId}/limits/{limitId}:lower': ({ path }) => {
      state.limits = state.limits.map(({ raise, ...limit }) =>
        limit.limitId === path['limitId']
          ? { ...limit, currentValue: limit.value ?? '0' }
          : { ...limit, ...(raise && { raise }) },
      );
      return {};
    },
    'DELETE /api/v1/tenants/{tenantId}/limits/{limitId}': ({ path }) => {
      state.limits = state.limits.filter(({ limitId }) => limitId !== path['limitId']);
      return {};
    },
    'GET /api/v1/prices': () => ({ prices: state.prices }),
    'POST /api/v1/prices': ({ body }) => {
      const price = {
        ...body,
        priceId: idOf('prc', 100 + state.prices.length),
        effectiveTime: new Date().toISOString(),
        current: true,
      };
      state.prices = [price, ...state.prices];
      return { price };
    },
    ...usageRoutes(state),
  };
}

function usageRoutes(state: PlatformState): Routes {
  return {
    'GET /api/v1/tenants/{tenantId}/usage-records': ({ query }) => {
      const records = state.usageRecords.filter(
        (record) =>
          (record.runId ?? '') === (query.get('runId') ?? record.runId ?? '') &&
          record.outcome === (query.get('outcome') ?? record.outcome),
      );
      const from = Number(query.get('pageToken') ?? '0');
      const next = from + PAGE_SIZE;
      return {
        usageRecords: records.slice(from, next),
        nextPageToken: next < records.length ? String(next) : '',
      };
    },
    'GET /api/v1/tenants/{tenantId}/usage-records/{requestId}': ({ path }) => {
      const usageRecord = state.usageRecords.find(({ requestId }) => requestId === path['requestId']);
      if (usageRecord === undefined) {
        throw refusal(404, 'USAGE_RECORD_NOT_FOUND', 'There is no record of this request.');
      }
      return { usageRecord };
    },
    'GET /api/v1/tenants/{tenantId}/statements': () => ({
      statements: state.statements.map((statement) => ({ ...statement, lines: [] })),
    }),
    'GET /api/v1/tenants/{tenantId}/statements/{month}': ({ path }) => {
      const statement = state.statements.find(({ month }) => month === path['month']);
      if (statement === undefined) {
        throw refusal(404, 'STATEMENT_NOT_FOUND', 'The month has not begun.');
      }
      return { statement };
    },
    'GET /api/v1/tenants/{tenantId}/usage:query': ({ path, query }) => {
      const tenant = state.tenants.find(({ tenantId }) => tenantId === path['tenantId']);
      const sums = sumsOf(state.usageRecords, query, tenant?.timeZone ?? 'UTC');
      return { sums, total: sums.reduce(plus, {}) };
    },
  };
}

const GROUPS: Record<string, (record: UsageRecord) => string | undefined> = {
  USAGE_DIMENSION_MODEL: (record) => record.model,
  USAGE_DIMENSION_PROJECT: (record) => record.projectId,
  USAGE_DIMENSION_KEY: (record) => record.keyId,
  USAGE_DIMENSION_AGENT: (record) => record.agentId,
  USAGE_DIMENSION_OUTCOME: (record) => record.outcome,
};

const INTERVALS: Record<string, 'hour' | 'day' | 'month'> = {
  USAGE_INTERVAL_HOUR: 'hour',
  USAGE_INTERVAL_DAY: 'day',
  USAGE_INTERVAL_MONTH: 'month',
};

function sumsOf(records: readonly UsageRecord[], query: URLSearchParams, zone: string): UsageSum[] {
  const start = new Date(query.get('startTime') ?? 0).getTime();
  const end = new Date(query.get('endTime') ?? 0).getTime();
  const groupOf = GROUPS[query.get('dimension') ?? ''] ?? (() => '');
  const interval = INTERVALS[query.get('interval') ?? ''] ?? 'month';
  const sums = new Map<string, UsageSum>();
  for (const record of records) {
    const time = new Date(record.startTime ?? 0);
    if (time.getTime() >= start && time.getTime() < end) {
      const [begun = time] = intervalStarts(interval, time, new Date(time.getTime() + 1), zone);
      const one = asSum(record, groupOf(record) ?? '', begun.toISOString());
      const key = `${one.startTime ?? ''} ${one.group ?? ''}`;
      sums.set(key, plus(sums.get(key) ?? { group: one.group, startTime: one.startTime }, one));
    }
  }
  return [...sums.values()].sort((one, other) => (one.startTime ?? '').localeCompare(other.startTime ?? ''));
}

function asSum(record: UsageRecord, group: string, startTime: string): UsageSum {
  return {
    group,
    startTime,
    requests: '1',
    refusedRequests: record.outcome === 'OUTCOME_REFUSED' ? '1' : '0',
    inputTokens: record.inputTokens,
    outputTokens: record.outputTokens,
    amountMicros: record.amountMicros,
  };
}

function plus(one: UsageSum, other: UsageSum): UsageSum {
  const add = (field: 'requests' | 'refusedRequests' | 'inputTokens' | 'outputTokens' | 'amountMicros') =>
    (BigInt(one[field] ?? '0') + BigInt(other[field] ?? '0')).toString();
  return {
    group: one.group,
    startTime: one.startTime,
    requests: add('requests'),
    refusedRequests: add('refusedRequests'),
    inputTokens: add('inputTokens'),
    outputTokens: add('outputTokens'),
    amountMicros: add('amountMicros'),
  };
}
