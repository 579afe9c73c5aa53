import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OnceNotice, SecretOnce } from '@/components/secret-once';
import type { Invited } from '@/features/members/api/invitations';

interface InvitedDialogProps {
  readonly invited: Invited | undefined;
  readonly onClose: () => void;
}

/** Shows the link to pass on, and the first password of somebody new, this once. */
export function InvitedDialog({ invited, onClose }: InvitedDialogProps) {
  const { t } = useTranslation('members');
  return (
    <Modal
      opened={invited !== undefined}
      onClose={onClose}
      title={t('invited.title', { email: invited?.email })}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="md">
        <Text fz="sm">{t('invited.pass')}</Text>
        <SecretOnce label={t('invited.link')} value={invited?.acceptUrl ?? ''} />
        {invited?.temporaryPassword !== undefined && (
          <>
            <SecretOnce label={t('invited.password')} value={invited.temporaryPassword} />
            <Text fz="xs" c="dimmed">
              {t('invited.passwordHint')}
            </Text>
          </>
        )}
        <OnceNotice text={t('invited.once')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('invited.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
