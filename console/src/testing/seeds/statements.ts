import { idOf } from '@/testing/ids';
import type { PlatformState } from '@/testing/platform-state';
import { BANK, RESEARCH, SUPPORT } from '@/testing/seeds/people';

type Statement = PlatformState['statements'][number];
type Line = NonNullable<Statement['lines']>[number];
type Kind = NonNullable<Line['kind']>;

/** The current month, and a closed one of which some calls came late. */
export function statements(): Pick<PlatformState, 'statements'> {
  const large = { model: 'exaone-4.0-32b', priceId: idOf('prc', 1) };
  const small = { model: 'exaone-4.0-1.2b', priceId: idOf('prc', 3) };
  const november = [
    line(SUPPORT, large, 'TOKEN_KIND_INPUT', 8_214_551, 1_200),
    line(SUPPORT, large, 'TOKEN_KIND_CACHED_INPUT', 2_310_998, 300),
    line(SUPPORT, large, 'TOKEN_KIND_OUTPUT', 1_902_347, 4_800),
    line(SUPPORT, small, 'TOKEN_KIND_INPUT', 412_009, 100),
    line(RESEARCH, large, 'TOKEN_KIND_INPUT', 99_001, 1_200, '2026-10'),
    line(RESEARCH, small, 'TOKEN_KIND_OUTPUT', 51_733, 400),
  ];
  const october = [
    line(SUPPORT, large, 'TOKEN_KIND_INPUT', 6_000_123, 1_200, '2026-10'),
    line(SUPPORT, large, 'TOKEN_KIND_OUTPUT', 1_500_001, 4_800, '2026-10'),
  ].map((one) => ({ ...one, late: false }));
  return {
    statements: [
      statement('2026-11', 'STATEMENT_STATE_OPEN', november, '2026-12-03T15:00:00Z'),
      {
        ...statement('2026-10', 'STATEMENT_STATE_CLOSED', october, '2026-11-03T15:04:11Z'),
        laterRequests: '12',
        laterAmountMicros: '118801200',
      },
    ],
  };
}

function line(
  projectId: string,
  priced: { readonly model: string; readonly priceId: string },
  kind: Kind,
  tokens: number,
  price: number,
  usageMonth = '2026-11',
): Line {
  return {
    projectId,
    ...priced,
    usageMonth,
    late: usageMonth !== '2026-11',
    kind,
    tokens: String(tokens),
    priceMicros: String(price),
    amountMicros: String(tokens * price),
  };
}

function sum(lines: readonly Line[], counts: (line: Line) => boolean, field: 'tokens' | 'amountMicros'): string {
  return lines
    .filter(counts)
    .reduce((total, one) => total + BigInt(one[field] ?? '0'), 0n)
    .toString();
}

function statement(month: string, state: NonNullable<Statement['state']>, lines: Line[], closeTime: string): Statement {
  const amountMicros = sum(lines, () => true, 'amountMicros');
  return {
    tenantId: BANK,
    month,
    timeZone: 'Asia/Seoul',
    state,
    closeTime,
    requests: '8412',
    refusedRequests: '31',
    inputTokens: sum(lines, ({ kind }) => kind !== 'TOKEN_KIND_OUTPUT', 'tokens'),
    outputTokens: sum(lines, ({ kind }) => kind === 'TOKEN_KIND_OUTPUT', 'tokens'),
    amountMicros,
    payableKrw: Math.round(Number(amountMicros) / 1e6).toString(),
    lateAmountMicros: sum(lines, ({ late }) => late === true, 'amountMicros'),
    laterRequests: '0',
    laterAmountMicros: '0',
    lines,
  };
}
