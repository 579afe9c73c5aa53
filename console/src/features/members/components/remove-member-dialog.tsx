import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { type Member, useRemoveMember } from '@/features/members/api/members';

interface RemoveMemberDialogProps {
  readonly tenantId: string;
  readonly member: Member | undefined;
  readonly onClose: () => void;
}

/** Asks before a person loses the tenant; tells why where the platform refuses. */
export function RemoveMemberDialog({ tenantId, member, onClose }: RemoveMemberDialogProps) {
  const { t } = useTranslation('members');
  const remove = useRemoveMember(tenantId);
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={member !== undefined}
      onClose={close}
      title={t('remove.title', { name: member?.displayName || member?.email })}
      consequence={t('remove.consequence')}
      action={t('remove.action')}
      onConfirm={() => remove.mutate(member?.userId ?? '', { onSuccess: close })}
      pending={remove.isPending}
      error={remove.error}
    />
  );
}
