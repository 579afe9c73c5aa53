import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode, SubmitEventHandler } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '@/components/problem-alert';

interface FormDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly size?: 'md' | 'lg';
  /** Mounted anew at each opening, so that a form starts from its first values. */
  readonly children: ReactNode;
}

/** A dialog that holds a form. */
export function FormDialog({ opened, onClose, title, size = 'md', children }: FormDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size}>
      {children}
    </Modal>
  );
}

interface DialogFormProps {
  readonly onSubmit: SubmitEventHandler<HTMLFormElement>;
  readonly onCancel: () => void;
  readonly action: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly children: ReactNode;
}

/** The form in a dialog: fields, what the platform refused, and the two buttons. */
export function DialogForm({ onSubmit, onCancel, action, pending, error, children }: DialogFormProps) {
  const { t } = useTranslation('components');
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        {children}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" onClick={onCancel}>
            {t('confirm.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
