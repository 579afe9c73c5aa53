import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { FailurePanel } from '@/components/failure-panel';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { ProblemAlert } from '@/components/problem-alert';
import { type Tenant, tenantQuery, useUpdateTenant } from '@/features/tenants/api/tenants';
import { ZoneSelect } from '@/features/tenants/components/tenant-forms';
import { asProblem } from '@/lib/api/problem';
import { useCan } from '@/lib/session/account';
import { useTenantId } from '@/lib/session/scope';

/** What a tenant's own admin may change about it. */
export function SettingsPage() {
  const { t } = useTranslation('tenants');
  const tenantId = useTenantId();
  const { data: tenant, error, refetch } = useQuery(tenantQuery(tenantId));
  return (
    <Page title={t('settings.title')} description={t('settings.description')}>
      {error !== null && <FailurePanel problem={asProblem(error)} retry={() => void refetch()} />}
      {error === null && (
        <Stack maw={640}>
          <Panel title={t('settings.general')}>
            {tenant === undefined ? <Skeleton height={180} /> : <General key={tenantId} tenant={tenant} />}
          </Panel>
        </Stack>
      )}
    </Page>
  );
}

function General({ tenant }: { readonly tenant: Tenant }) {
  const { t } = useTranslation('tenants');
  const mayWrite = useCan('tenant.write');
  const update = useUpdateTenant(tenant.tenantId ?? '');
  const form = useForm({ initialValues: { displayName: tenant.displayName ?? '', timeZone: tenant.timeZone ?? '' } });
  const submit = form.onSubmit((values) =>
    update.mutate(values, {
      onSuccess: () => {
        form.resetDirty();
        notifications.show({ color: 'teal', message: t('settings.saved') });
      },
    }),
  );
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!mayWrite} style={{ border: 'none', margin: 0, padding: 0 }}>
        <Stack>
          <TextInput label={t('create.displayName')} maxLength={120} {...form.getInputProps('displayName')} />
          <ZoneSelect {...form.getInputProps('timeZone')} />
          <div>
            <CopyField value={tenant.tenantId ?? ''} what={t('settings.id')} />
          </div>
          <ProblemAlert error={update.error} />
          {mayWrite && (
            <Group>
              <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
                {t('edit.action')}
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}
