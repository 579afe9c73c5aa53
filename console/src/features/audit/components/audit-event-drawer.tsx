import { Code, DataList, Drawer, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import type { AuditEvent } from '@/features/audit/api/list-audit-events';
import { useFormat } from '@/lib/format/use-format';

interface AuditEventDrawerProps {
  readonly event: AuditEvent | undefined;
  readonly onClose: () => void;
}

/** One act in full. */
export function AuditEventDrawer({ event, onClose }: AuditEventDrawerProps) {
  return (
    <Drawer opened={event !== undefined} onClose={onClose} position="right" size="lg" title={event?.action}>
      {event !== undefined && <Details event={event} />}
    </Drawer>
  );
}

function Details({ event }: { readonly event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  return (
    <Stack gap="lg">
      <DataList labelWidth={120}>
        <DataList.Item>
          <DataList.ItemLabel>{t('column.time')}</DataList.ItemLabel>
          <DataList.ItemValue>
            {event.time === undefined ? '–' : format.moment(new Date(event.time))}
          </DataList.ItemValue>
        </DataList.Item>
        <DataList.Item>
          <DataList.ItemLabel>{t('column.actor')}</DataList.ItemLabel>
          <DataList.ItemValue>
            {event.actorName} <CopyField plain value={event.actor ?? ''} what={t('column.actor')} />
          </DataList.ItemValue>
        </DataList.Item>
        <DataList.Item>
          <DataList.ItemLabel>{t('column.target')}</DataList.ItemLabel>
          <DataList.ItemValue>
            <CopyField plain value={event.target ?? ''} what={t('column.target')} />
          </DataList.ItemValue>
        </DataList.Item>
        <DataList.Item>
          <DataList.ItemLabel>{t('address')}</DataList.ItemLabel>
          <DataList.ItemValue>{event.clientAddress || '–'}</DataList.ItemValue>
        </DataList.Item>
        <DataList.Item>
          <DataList.ItemLabel>{t('requestId')}</DataList.ItemLabel>
          <DataList.ItemValue>
            {event.requestId ? <CopyField plain value={event.requestId} what={t('requestId')} /> : '–'}
          </DataList.ItemValue>
        </DataList.Item>
      </DataList>
      <Values label={t('before')} values={event.before} />
      <Values label={t('after')} values={event.after} />
    </Stack>
  );
}

function Values({ label, values }: { readonly label: string; readonly values: unknown }) {
  if (values === undefined || values === null) {
    return null;
  }
  return (
    <div>
      <Text fz="sm" fw={550} mb={4}>
        {label}
      </Text>
      <Code block>{JSON.stringify(values, null, 2)}</Code>
    </div>
  );
}
