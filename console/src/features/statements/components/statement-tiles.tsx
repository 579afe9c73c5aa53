import { Group, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';
import { StateBadge, type Tone } from '@/components/state-badge';
import { Tile } from '@/components/tile';
import type { Statement } from '@/features/statements/api/statements';
import { microKrw } from '@/lib/format/money';
import { useFormat } from '@/lib/format/use-format';

const MICRO = 1_000_000n;
const TONES: Record<string, Tone> = {
  STATEMENT_STATE_OPEN: 'busy',
  STATEMENT_STATE_ENDED: 'warn',
  STATEMENT_STATE_CLOSED: 'good',
};

/** The sums of a statement, and whether they may still change. */
export function StatementTiles({ statement }: { readonly statement: Statement | undefined }) {
  const { t } = useTranslation('statements');
  const format = useFormat();
  const exact = microKrw(statement?.amountMicros);
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Tile
        label={t('tile.payable')}
        value={statement && format.moneyExactly(microKrw(statement.payableKrw) * MICRO)}
        note={
          statement && (
            <Group gap={4} wrap="nowrap" component="span">
              {t('tile.exactly', { amount: format.moneyExactly(exact) })}
              <CopyButton value={exactly(exact)} what={t('tile.amount')} />
            </Group>
          )
        }
      />
      <Tile
        label={t('tile.state')}
        value={statement && <State statement={statement} />}
        note={statement && <Closing statement={statement} />}
      />
      <Tile
        label={t('tile.requests')}
        value={statement && format.count(Number(statement.requests ?? '0'))}
        note={statement && t('tile.refused', { count: Number(statement.refusedRequests ?? '0') })}
      />
      <Tile
        label={t('tile.tokens')}
        value={
          statement && format.compact(Number(statement.inputTokens ?? '0') + Number(statement.outputTokens ?? '0'))
        }
        note={
          statement &&
          t('tile.inAndOut', {
            input: format.compact(Number(statement.inputTokens ?? '0')),
            output: format.compact(Number(statement.outputTokens ?? '0')),
          })
        }
      />
    </SimpleGrid>
  );
}

/** The amount in won with all its digits, for another program. */
function exactly(micro: bigint): string {
  return `${(micro / MICRO).toString()}.${(micro % MICRO).toString().padStart(6, '0')}`;
}

function State({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation('statements');
  const state = statement.state ?? 'STATEMENT_STATE_OPEN';
  return (
    <StateBadge tone={TONES[state] ?? 'idle'} label={t(`state.${state.replace('STATEMENT_STATE_', '') as 'OPEN'}`)} />
  );
}

function Closing({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation('statements');
  const format = useFormat();
  if (statement.closeTime === undefined) {
    return null;
  }
  const time = format.moment(new Date(statement.closeTime), statement.timeZone);
  return statement.state === 'STATEMENT_STATE_CLOSED' ? t('closing.closed', { time }) : t('closing.later', { time });
}
