import { Anchor, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '@/components/problem-text';
import type { Column } from '@/components/resource-table';
import { StateBadge } from '@/components/state-badge';
import { TimeText } from '@/components/time-text';
import { type Tenant, useResumeTenant } from '@/features/tenants/api/tenants';
import { asProblem } from '@/lib/api/problem';

interface Steps {
  readonly onEdit: (tenant: Tenant) => void;
  readonly onSuspend: (tenant: Tenant) => void;
}

/** What the table tells about a tenant; without steps it offers nothing to do. */
export function useTenantColumns(steps: Steps | undefined): Column<Tenant>[] {
  const { t } = useTranslation('tenants');
  const columns: Column<Tenant>[] = [
    { key: 'name', header: t('column.name'), cell: (tenant) => <Name tenant={tenant} /> },
    { key: 'state', header: t('column.state'), cell: (tenant) => <State tenant={tenant} /> },
    { key: 'timeZone', header: t('column.timeZone'), cell: (tenant) => tenant.timeZone },
    { key: 'created', header: t('column.created'), cell: (tenant) => <TimeText time={tenant.createTime} /> },
  ];
  if (steps === undefined) {
    return columns;
  }
  const cell = (tenant: Tenant) => (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => steps.onEdit(tenant)}>
        {t('edit.open')}
      </Button>
      {tenant.state === 'TENANT_STATE_SUSPENDED' ? (
        <Resume tenant={tenant} />
      ) : (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => steps.onSuspend(tenant)}>
          {t('suspend.action')}
        </Button>
      )}
    </Group>
  );
  return [...columns, { key: 'actions', header: t('column.actions'), quiet: true, align: 'right', cell }];
}

function Name({ tenant }: { readonly tenant: Tenant }) {
  return (
    <>
      <Anchor component={Link} to={`/t/${tenant.tenantId ?? ''}`} fz="sm" fw={550} c="var(--text-strong)">
        {tenant.displayName || tenant.name}
      </Anchor>
      <Text fz="xs" c="dimmed" ff="monospace">
        {tenant.name}
      </Text>
    </>
  );
}

function State({ tenant }: { readonly tenant: Tenant }) {
  const { t } = useTranslation('tenants');
  const suspended = tenant.state === 'TENANT_STATE_SUSPENDED';
  return <StateBadge tone={suspended ? 'bad' : 'good'} label={suspended ? t('state.suspended') : t('state.active')} />;
}

function Resume({ tenant }: { readonly tenant: Tenant }) {
  const { t } = useTranslation('tenants');
  const textOf = useProblemText();
  const resume = useResumeTenant();
  const act = () =>
    resume.mutate(tenant.tenantId ?? '', {
      onSuccess: () => notifications.show({ color: 'teal', message: t('resume.done', { name: tenant.displayName }) }),
      onError: (error) => notifications.show({ color: 'red', message: textOf(asProblem(error)).text }),
    });
  return (
    <Button variant="subtle" size="compact-sm" loading={resume.isPending} onClick={act}>
      {t('resume.action')}
    </Button>
  );
}
