import { Alert, DataList, Drawer, Skeleton, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { FailurePanel } from '@/components/failure-panel';
import { MoneyText } from '@/components/money-text';
import { type UsageRecord, usageRecordQuery } from '@/features/usage/api/list-usage-records';
import { OutcomeBadge } from '@/features/usage/components/request-columns';
import { asProblem } from '@/lib/api/problem';
import { microKrw } from '@/lib/format/money';
import { count } from '@/lib/format/number';
import { useFormat } from '@/lib/format/use-format';
import { useTenantZone } from '@/lib/session/account';
import { useTenantId } from '@/lib/session/scope';

interface RequestDrawerProps {
  readonly requestId: string | undefined;
  readonly onClose: () => void;
}

/** One call in full; first of all, why it was refused or failed. */
export function RequestDrawer({ requestId, onClose }: RequestDrawerProps) {
  const { t } = useTranslation('usage');
  return (
    <Drawer opened={requestId !== undefined} onClose={onClose} position="right" size="lg" title={t('request.title')}>
      {requestId !== undefined && <Call requestId={requestId} />}
    </Drawer>
  );
}

function Call({ requestId }: { readonly requestId: string }) {
  const tenantId = useTenantId();
  const { data: record, error, refetch } = useQuery(usageRecordQuery(tenantId, requestId));
  if (error !== null) {
    return <FailurePanel problem={asProblem(error)} retry={() => void refetch()} />;
  }
  return record === undefined ? <Skeleton height={320} /> : <Details record={record} />;
}

function Details({ record }: { readonly record: UsageRecord }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const zone = useTenantZone();
  const moment = record.startTime === undefined ? '–' : `${format.moment(new Date(record.startTime), zone)} (${zone})`;
  const ids = [
    ['request', record.requestId],
    ['project', record.projectId],
    ['key', record.keyId],
    ['subject', record.subject],
    ['agent', record.agentId],
    ['run', record.runId],
    ['replica', record.replicaId],
    ['price', record.priceId],
  ] as const;
  return (
    <Stack gap="lg">
      {record.reason !== undefined && record.reason !== '' && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title={record.reason}>
          {record.detail || t('request.noDetail')}
        </Alert>
      )}
      <DataList labelWidth={150}>
        <Item label={t('column.outcome')}>
          <OutcomeBadge record={record} /> HTTP {record.status}
        </Item>
        <Item label={t('column.time')}>{moment}</Item>
        <Item label={t('column.model')}>{record.model || '–'}</Item>
        <Item label={t('request.path')}>
          <code>{record.path}</code>
        </Item>
        <Item label={t('request.firstByte')}>{format.duration(count(record.firstByteMicros) / 1000)}</Item>
        <Item label={t('column.duration')}>{format.duration(count(record.durationMicros) / 1000)}</Item>
        <Item label={t('column.input')}>
          {format.count(count(record.inputTokens))}{' '}
          {count(record.cachedInputTokens) > 0 &&
            t('request.cached', { tokens: format.count(count(record.cachedInputTokens)) })}
        </Item>
        <Item label={t('column.output')}>
          {format.count(count(record.outputTokens))}{' '}
          {count(record.reasoningTokens) > 0 &&
            t('request.reasoning', { tokens: format.count(count(record.reasoningTokens)) })}
        </Item>
        {record.estimated === true && <Item label={t('request.counts')}>{t('request.estimated')}</Item>}
        <Item label={t('column.amount')}>
          <MoneyText micro={microKrw(record.amountMicros)} />
        </Item>
        {ids
          .filter(([, id]) => id !== undefined && id !== '')
          .map(([name, id = '']) => (
            <Item key={name} label={t(`request.id.${name}`)}>
              <CopyField plain value={id} what={t(`request.id.${name}`)} />
            </Item>
          ))}
      </DataList>
    </Stack>
  );
}

function Item({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}
