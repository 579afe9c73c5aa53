import { Button, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { type Column, ResourceTable } from '@/components/resource-table';
import { TimeText } from '@/components/time-text';
import type { AuditEvent } from '@/features/audit/api/list-audit-events';
import { AuditEventDrawer } from '@/features/audit/components/audit-event-drawer';
import type { Listing } from '@/lib/api/use-listing';

/** Who did what to what, when; a row opens with the values before and after. */
export function AuditTable({ listing }: { readonly listing: Listing<AuditEvent> }) {
  const { t } = useTranslation('audit');
  const [opened, setOpened] = useState<AuditEvent>();
  const columns: Column<AuditEvent>[] = [
    { key: 'time', header: t('column.time'), width: 150, cell: (event) => <TimeText exact time={event.time} /> },
    {
      key: 'actor',
      header: t('column.actor'),
      cell: (event) => (
        <Text fz="sm" fw={500}>
          {event.actorName || event.actor}
        </Text>
      ),
    },
    {
      key: 'action',
      header: t('column.action'),
      cell: (event) => (
        <Text fz="sm" ff="monospace">
          {event.action}
        </Text>
      ),
    },
    {
      key: 'target',
      header: t('column.target'),
      cell: (event) => <CopyField plain value={event.target ?? ''} what={t('column.target')} />,
    },
    {
      key: 'actions',
      header: t('column.actions'),
      quiet: true,
      align: 'right',
      cell: (event) => (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-label={t('open', { action: event.action })}
          onClick={() => setOpened(event)}
        >
          {t('details')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <ResourceTable
        label={t('title')}
        listing={listing}
        columns={columns}
        rowKey={(event) => event.auditEventId ?? ''}
        minWidth={820}
        empty={{ icon: <IconHistory />, title: t('empty.title'), description: t('empty.description') }}
      />
      <AuditEventDrawer event={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}
