import { IconBuildingSkyscraper } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/components/form-dialog';
import { ResourcePage } from '@/components/resource-page';
import { type Tenant, useTenants } from '@/features/tenants/api/tenants';
import { SuspendTenantDialog } from '@/features/tenants/components/suspend-tenant-dialog';
import { useTenantColumns } from '@/features/tenants/components/tenant-columns';
import { CreateTenantForm, EditTenantForm } from '@/features/tenants/components/tenant-forms';
import { useCan } from '@/lib/session/account';

/** All tenants of the installation, for platform admins. */
export function TenantsPage() {
  const { t } = useTranslation('tenants');
  const tenants = useTenants();
  const mayWrite = useCan('platform.tenant.write');
  const [editing, setEditing] = useState<Tenant>();
  const [suspending, setSuspending] = useState<Tenant>();
  const columns = useTenantColumns(mayWrite ? { onEdit: setEditing, onSuspend: setSuspending } : undefined);
  return (
    <ResourcePage
      title={t('title')}
      description={t('description')}
      listing={tenants}
      columns={columns}
      rowKey={(tenant) => tenant.tenantId ?? ''}
      minWidth={760}
      empty={{ icon: <IconBuildingSkyscraper />, title: t('empty.title'), description: t('empty.description') }}
      creation={
        mayWrite
          ? {
              action: t('create.open'),
              title: t('create.title'),
              form: (close) => <CreateTenantForm onClose={close} />,
            }
          : undefined
      }
    >
      <FormDialog opened={editing !== undefined} onClose={() => setEditing(undefined)} title={t('edit.title')}>
        {editing !== undefined && <EditTenantForm tenant={editing} onClose={() => setEditing(undefined)} />}
      </FormDialog>
      <SuspendTenantDialog tenant={suspending} onClose={() => setSuspending(undefined)} />
    </ResourcePage>
  );
}
