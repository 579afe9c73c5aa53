import { AGENT_TABS, type AgentTab } from '@/features/agents/components/agent-tabs';
import { RUN_STATES, type RunState } from '@/features/runs/api/runs';
import { type Outcome, OUTCOMES } from '@/features/usage/api/list-usage-records';
import { type Dimension, DIMENSIONS } from '@/features/usage/api/query-usage';
import { type RangeChoice, rangeChoice } from '@/lib/format/time-range';

/** What stands behind the `?` of an address, as written by anybody. */
type Written = Record<string, unknown>;

/** Reads what stands behind the `?` as texts: a token of digits stays what it is. */
export function readSearch(search: string): Written {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeSearch(search: Written): string {
  const texts = Object.entries(search).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
  return texts.length === 0 ? '' : `?${new URLSearchParams(texts).toString()}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((known) => known === value);
}

export interface UsageSearch {
  range?: RangeChoice | undefined;
  group?: Dimension | undefined;
  project?: string | undefined;
}

export function usageSearch(written: Written): UsageSearch {
  return {
    range: rangeChoice(written['range']),
    group: oneOf(DIMENSIONS, written['group']),
    project: text(written['project']),
  };
}

export interface RequestsSearch {
  range?: RangeChoice | undefined;
  request?: string | undefined;
  project?: string | undefined;
  model?: string | undefined;
  outcome?: Outcome | undefined;
}

export function requestsSearch(written: Written): RequestsSearch {
  return {
    range: rangeChoice(written['range']),
    request: text(written['request']),
    project: text(written['project']),
    model: text(written['model']),
    outcome: oneOf(OUTCOMES, written['outcome']),
  };
}

export interface RunsSearch {
  agent?: string | undefined;
  state?: RunState | undefined;
}

export function runsSearch(written: Written): RunsSearch {
  return { agent: text(written['agent']), state: oneOf(RUN_STATES, written['state']) };
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export function statementsSearch(written: Written): { month?: string | undefined } {
  const month = text(written['month']);
  return { month: month !== undefined && MONTH.test(month) ? month : undefined };
}

export function agentSearch(written: Written): { tab?: AgentTab | undefined } {
  return { tab: oneOf(AGENT_TABS, written['tab']) };
}

export function invitationSearch(written: Written): { token?: string | undefined } {
  return { token: text(written['token']) };
}
