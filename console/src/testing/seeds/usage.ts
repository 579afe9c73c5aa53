import { idOf, minutesAgo } from '@/testing/ids';
import type { PlatformState } from '@/testing/platform-state';
import { BANK, RESEARCH, SUPPORT } from '@/testing/seeds/people';

const CALLS = 900;
const SPAN_MINUTES = 30 * 1_440;

/** The same series of numbers between 0 and 1 at each start. */
function series(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** A month of calls, more of them by day than by night, a few refused. */
export function usage(): Pick<PlatformState, 'usageRecords'> {
  const next = series(7);
  const minutes = Array.from({ length: CALLS }, () => next() * SPAN_MINUTES).sort((one, other) => one - other);
  return { usageRecords: minutes.map((minute, index) => call(index, minute, next)) };
}

function call(index: number, minutes: number, next: () => number): PlatformState['usageRecords'][number] {
  const large = next() < 0.62;
  const refused = next() < 0.04;
  const closed = !refused && next() < 0.03;
  const input = refused ? 0 : Math.round(200 + next() * 2_400);
  const output = refused ? 0 : Math.round(60 + next() * 900);
  const amount = large ? input * 1_200 + output * 4_800 : input * 100 + output * 400;
  return {
    requestId: idOf('req', 1_000 + index),
    tenantId: BANK,
    projectId: next() < 0.7 ? SUPPORT : RESEARCH,
    keyId: next() < 0.8 ? idOf('key', next() < 0.6 ? 1 : 2) : '',
    subject: idOf('key', 1),
    agentId: next() < 0.2 ? idOf('agt', 1) : '',
    runId: '',
    model: large ? 'exaone-4.0-32b' : 'exaone-4.0-1.2b',
    replicaId: refused ? '' : idOf('rpl', 1),
    path: '/v1/chat/completions',
    startTime: minutesAgo(minutes),
    firstByteMicros: refused ? '0' : String(Math.round(80_000 + next() * 400_000)),
    durationMicros: String(Math.round(refused ? 3_000 : 600_000 + next() * 7_000_000)),
    inputTokens: String(input),
    cachedInputTokens: String(Math.round(input * 0.3)),
    outputTokens: String(output),
    reasoningTokens: '0',
    estimated: false,
    outcome: refused ? 'OUTCOME_REFUSED' : closed ? 'OUTCOME_CLIENT_CLOSED' : 'OUTCOME_COMPLETED',
    status: refused ? 429 : 200,
    reason: refused ? 'QUOTA_EXCEEDED' : '',
    detail: refused ? 'The project 고객 지원 may use 200,000 tokens per minute of exaone-4.0-32b; retry in 14 s.' : '',
    priceId: refused ? '' : idOf('prc', large ? 1 : 3),
    amountMicros: String(amount),
  };
}
