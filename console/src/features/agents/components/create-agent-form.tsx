import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { useCreateAgent } from '@/features/agents/api/agents';
import type { ProjectScope } from '@/lib/session/scope';

const NAME = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

interface CreateAgentFormProps {
  readonly scope: ProjectScope;
  readonly onClose: () => void;
}

/** Asks for an agent's name; its specification is written on its page. */
export function CreateAgentForm({ scope, onClose }: CreateAgentFormProps) {
  const { t } = useTranslation('agents');
  const create = useCreateAgent(scope);
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', description: '' },
    validate: { name: (name) => (NAME.test(name) ? null : t('create.nameWrong')) },
  });
  const submit = form.onSubmit((values) =>
    create.mutate(values, {
      onSuccess: ({ agent }) => {
        onClose();
        void navigate({
          to: '/t/$tenantId/p/$projectId/agents/$agentId',
          params: { ...scope, agentId: agent?.agentId ?? '' },
          search: { tab: 'specification' },
        });
      },
    }),
  );
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('create.action')}
      pending={create.isPending}
      error={create.error}
    >
      <TextInput
        label={t('create.name')}
        description={t('create.nameHint')}
        placeholder="order-clerk"
        required
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('create.description')}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('description')}
      />
    </DialogForm>
  );
}
