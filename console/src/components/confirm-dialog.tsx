import { Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '@/components/problem-alert';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, plainly. */
  readonly consequence: string;
  readonly action: string;
  readonly onConfirm: () => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** A name to type first, where the step cannot be taken back. */
  readonly typedName?: string;
}

/** Asks before a step that hurts; the button says what it does. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <Confirmation {...props} />
    </Modal>
  );
}

function Confirmation(props: ConfirmDialogProps) {
  const { t } = useTranslation('components');
  const [typed, setTyped] = useState('');
  const ready = props.typedName === undefined || typed.trim() === props.typedName;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (ready) {
      props.onConfirm();
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text fz="sm">{props.consequence}</Text>
        {props.typedName !== undefined && (
          <TextInput
            label={
              <>
                {t('confirm.typeBefore')} <Code>{props.typedName}</Code> {t('confirm.typeAfter')}
              </>
            }
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        <ProblemAlert error={props.error} />
        <Group justify="flex-end" gap="xs">
          {/* The harmless answer is the one that Enter gives. */}
          <Button variant="default" onClick={props.onClose} data-autofocus={props.typedName === undefined || undefined}>
            {t('confirm.cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!ready} loading={props.pending}>
            {props.action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
