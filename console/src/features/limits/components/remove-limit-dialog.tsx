import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { type Limit, type LimitKind, useDeleteLimit } from '@/features/limits/api/limits';

interface RemoveLimitDialogProps {
  readonly tenantId: string;
  readonly limit: Limit | undefined;
  readonly onClose: () => void;
}

export function RemoveLimitDialog({ tenantId, limit, onClose }: RemoveLimitDialogProps) {
  const { t } = useTranslation('limits');
  const remove = useDeleteLimit(tenantId);
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={limit !== undefined}
      onClose={close}
      title={t('remove.title', { name: limit === undefined ? '' : t(`kind.${limit.kind as LimitKind}`) })}
      consequence={t('remove.consequence')}
      action={t('remove.open')}
      onConfirm={() => remove.mutate(limit?.limitId ?? '', { onSuccess: close })}
      pending={remove.isPending}
      error={remove.error}
    />
  );
}
