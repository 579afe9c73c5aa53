import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { type Tenant, useSuspendTenant } from '@/features/tenants/api/tenants';

interface SuspendTenantDialogProps {
  readonly tenant: Tenant | undefined;
  readonly onClose: () => void;
}

/** Asks for the tenant's name before all its applications are refused. */
export function SuspendTenantDialog({ tenant, onClose }: SuspendTenantDialogProps) {
  const { t } = useTranslation('tenants');
  const suspend = useSuspendTenant();
  const close = () => {
    suspend.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={tenant !== undefined}
      onClose={close}
      title={t('suspend.title', { name: tenant?.displayName || tenant?.name })}
      consequence={t('suspend.consequence')}
      typedName={tenant?.name ?? ''}
      action={t('suspend.action')}
      onConfirm={() => suspend.mutate(tenant?.tenantId ?? '', { onSuccess: close })}
      pending={suspend.isPending}
      error={suspend.error}
    />
  );
}
