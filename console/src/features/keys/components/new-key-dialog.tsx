import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OnceNotice, SecretOnce } from '@/components/secret-once';

interface NewKeyDialogProps {
  readonly secret: string | undefined;
  readonly onClose: () => void;
}

/** Shows a new key, this once. A click beside the dialog does not close it: the key would be lost. */
export function NewKeyDialog({ secret, onClose }: NewKeyDialogProps) {
  const { t } = useTranslation('keys');
  return (
    <Modal
      opened={secret !== undefined}
      onClose={onClose}
      title={t('made.title')}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="md">
        <SecretOnce label={t('made.key')} value={secret ?? ''} />
        <OnceNotice text={t('made.once')} />
        <Text fz="sm" c="dimmed">
          {t('made.use')} <Code>Authorization: Bearer exk_…</Code>
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('made.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
