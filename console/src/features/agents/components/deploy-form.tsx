import { Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import type { AgentScope } from '@/features/agents/api/agents';
import { useCreateRelease, useDeployRelease } from '@/features/agents/api/releases';

interface DeployFormProps {
  readonly scope: AgentScope;
  readonly specification: string;
  readonly onClose: () => void;
}

/** Makes a release of the specification and points the agent's calls at it. */
export function DeployForm({ scope, specification, onClose }: DeployFormProps) {
  const { t } = useTranslation('agents');
  const release = useCreateRelease(scope);
  const deploy = useDeployRelease(scope);
  const form = useForm({ initialValues: { note: '' } });
  const submit = form.onSubmit(({ note }) =>
    release.mutate(
      { specification, note },
      {
        onSuccess: ({ release: made }) =>
          deploy.mutate(made?.releaseId ?? '', {
            onSuccess: () => {
              notifications.show({ color: 'teal', message: t('deploy.done', { number: made?.number }) });
              onClose();
            },
          }),
      },
    ),
  );
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('deploy.action')}
      pending={release.isPending || deploy.isPending}
      error={release.error ?? deploy.error}
    >
      <Text fz="sm">{t('deploy.consequence')}</Text>
      <Textarea
        label={t('deploy.note')}
        placeholder={t('deploy.notePlaceholder')}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        {...form.getInputProps('note')}
      />
    </DialogForm>
  );
}
