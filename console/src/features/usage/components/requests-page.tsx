import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { ResourceTable } from '@/components/resource-table';
import { TimeRangePicker } from '@/components/time-range-picker';
import { type Outcome, OUTCOMES, useUsageRecords } from '@/features/usage/api/list-usage-records';
import { FindRequest } from '@/features/usage/components/find-request';
import { RequestDrawer } from '@/features/usage/components/request-drawer';
import { useRequestColumns } from '@/features/usage/components/request-columns';
import { resolveRange } from '@/lib/format/time-range';
import { projectsQuery } from '@/lib/queries/projects';
import { tenantModelsQuery } from '@/lib/queries/tenant-models';
import { useTenantZone } from '@/lib/session/account';
import { useTenantId } from '@/lib/session/scope';

/** Every call of a tenant: what it cost, how long it took, and why it was refused. */
export function RequestsPage() {
  const { t } = useTranslation('usage');
  const tenantId = useTenantId();
  const zone = useTenantZone();
  const { range = '24h', request, project, model, outcome } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [now] = useState(() => new Date());
  const listing = useUsageRecords(tenantId, {
    range: resolveRange(range, now, zone),
    projectId: project,
    model,
    outcome,
  });
  const open = (requestId: string | undefined) =>
    void navigate({ to: '.', search: (old) => ({ ...old, request: requestId }) });
  const columns = useRequestColumns(open, zone);
  return (
    <Page
      title={t('requests.title')}
      description={t('requests.description')}
      actions={
        <TimeRangePicker
          value={range}
          zone={zone}
          onChange={(next) => void navigate({ to: '.', search: (old) => ({ ...old, range: next }) })}
        />
      }
    >
      <Group mb="md" gap="xs">
        <FindRequest onFind={open} />
        <Filters tenantId={tenantId} />
      </Group>
      <ResourceTable
        label={t('requests.title')}
        listing={listing}
        columns={columns}
        rowKey={(record) => record.requestId ?? ''}
        minWidth={980}
        empty={{ title: t('requests.empty.title'), description: t('requests.empty.description') }}
      />
      <RequestDrawer requestId={request} onClose={() => open(undefined)} />
    </Page>
  );
}

function Filters({ tenantId }: { readonly tenantId: string }) {
  const { t } = useTranslation('usage');
  const { project, model, outcome } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data: projects = [] } = useQuery(projectsQuery(tenantId));
  const { data: models = [] } = useQuery(tenantModelsQuery(tenantId));
  const set = (change: { project?: string | undefined; model?: string | undefined; outcome?: Outcome | undefined }) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...change }) });
  return (
    <>
      <Select
        size="xs"
        w={170}
        clearable
        aria-label={t('outcome.label')}
        placeholder={t('outcome.all')}
        data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value.replace('OUTCOME_', '') as 'COMPLETED'}`) }))}
        value={outcome ?? null}
        onChange={(value) => set({ outcome: value ?? undefined })}
      />
      <Select
        size="xs"
        w={180}
        clearable
        aria-label={t('project.label')}
        placeholder={t('project.all')}
        data={projects.map((one) => ({ value: one.projectId ?? '', label: one.displayName || one.name || '' }))}
        value={project ?? null}
        onChange={(value) => set({ project: value ?? undefined })}
      />
      <Select
        size="xs"
        w={200}
        clearable
        searchable
        aria-label={t('dimension.MODEL')}
        placeholder={t('allModels')}
        data={models.map((one) => one.name ?? '')}
        value={model ?? null}
        onChange={(value) => set({ model: value ?? undefined })}
      />
    </>
  );
}
