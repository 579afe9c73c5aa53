import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MoneyText } from '@/components/money-text';
import type { Column } from '@/components/resource-table';
import { StateBadge, type Tone } from '@/components/state-badge';
import { TimeText } from '@/components/time-text';
import type { UsageRecord } from '@/features/usage/api/list-usage-records';
import { microKrw } from '@/lib/format/money';
import { count } from '@/lib/format/number';
import { useFormat } from '@/lib/format/use-format';

const TONES: Record<string, Tone> = {
  OUTCOME_COMPLETED: 'good',
  OUTCOME_CLIENT_CLOSED: 'idle',
  OUTCOME_UPSTREAM_FAILED: 'bad',
  OUTCOME_INTERRUPTED: 'warn',
  OUTCOME_REFUSED: 'warn',
};

/** How a call ended, with the reason where it was refused or failed. */
export function OutcomeBadge({ record }: { readonly record: UsageRecord }) {
  const { t } = useTranslation('usage');
  const outcome = record.outcome ?? '';
  const label = outcome in TONES ? t(`outcome.${outcome.replace('OUTCOME_', '') as 'COMPLETED'}`) : '–';
  return <StateBadge tone={TONES[outcome] ?? 'idle'} label={label} />;
}

/** What the table tells about a call, in the time of a zone; its id opens the rest. */
export function useRequestColumns(onOpen: (requestId: string) => void, zone: string): Column<UsageRecord>[] {
  const { t } = useTranslation('usage');
  const format = useFormat();
  return [
    {
      key: 'time',
      header: t('column.time'),
      width: 130,
      cell: (record) => <TimeText exact time={record.startTime} zone={zone} />,
    },
    {
      key: 'id',
      header: t('column.request'),
      cell: (record) => (
        <UnstyledButton onClick={() => onOpen(record.requestId ?? '')} ff="monospace" fz="xs" c="var(--accent-text)">
          {record.requestId}
        </UnstyledButton>
      ),
    },
    { key: 'model', header: t('column.model'), cell: (record) => record.model || '–' },
    {
      key: 'outcome',
      header: t('column.outcome'),
      cell: (record) => (
        <>
          <OutcomeBadge record={record} />
          {record.reason !== undefined && record.reason !== '' && (
            <Text fz="xs" c="dimmed" ff="monospace" mt={2}>
              {record.reason}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'tokens',
      header: t('column.tokens'),
      align: 'right',
      cell: (record) => `${format.count(count(record.inputTokens))} → ${format.count(count(record.outputTokens))}`,
    },
    {
      key: 'duration',
      header: t('column.duration'),
      align: 'right',
      cell: (record) => format.duration(count(record.durationMicros) / 1000),
    },
    {
      key: 'amount',
      header: t('column.amount'),
      align: 'right',
      cell: (record) => <MoneyText micro={microKrw(record.amountMicros)} />,
    },
  ];
}
