import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import type { ApiKey } from '@/features/keys/api/list-keys';
import { useRevokeKey } from '@/features/keys/api/revoke-key';
import type { ProjectScope } from '@/lib/session/scope';

interface RevokeKeyDialogProps {
  readonly scope: ProjectScope;
  readonly apiKey: ApiKey | undefined;
  readonly onClose: () => void;
}

/** Asks before a key is revoked, then tells whether every gateway refuses it already. */
export function RevokeKeyDialog({ scope, apiKey, onClose }: RevokeKeyDialogProps) {
  const { t } = useTranslation('keys');
  const revoke = useRevokeKey(scope);
  const name = apiKey?.displayName || apiKey?.prefix || '';
  const close = () => {
    revoke.reset();
    onClose();
  };
  const confirm = () => {
    revoke.mutate(apiKey?.keyId ?? '', {
      onSuccess: ({ unconfirmedGateways = [] }) => {
        close();
        notifications.show(
          unconfirmedGateways.length === 0
            ? { color: 'teal', message: t('revoke.done', { name }) }
            : { color: 'yellow', message: t('revoke.unconfirmed', { gateways: unconfirmedGateways.join(', ') }) },
        );
      },
    });
  };
  return (
    <ConfirmDialog
      opened={apiKey !== undefined}
      onClose={close}
      title={t('revoke.title', { name })}
      consequence={t('revoke.consequence')}
      action={t('revoke.action')}
      onConfirm={confirm}
      pending={revoke.isPending}
      error={revoke.error}
    />
  );
}
