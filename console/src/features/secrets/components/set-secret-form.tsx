import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { useSetSecret } from '@/features/secrets/api/secrets';
import type { ProjectScope } from '@/lib/session/scope';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

interface SetSecretFormProps {
  readonly scope: ProjectScope;
  /** The secret to set again; empty for a new one. */
  readonly name: string;
  readonly onClose: () => void;
}

/** Takes a value in; it is never shown again. */
export function SetSecretForm({ scope, name, onClose }: SetSecretFormProps) {
  const { t } = useTranslation('secrets');
  const set = useSetSecret(scope);
  const isNew = name === '';
  const form = useForm({
    initialValues: { name, value: '' },
    validate: {
      name: (text) => (NAME.test(text) ? null : t('set.nameWrong')),
      value: (text) => (text === '' ? t('set.valueMissing') : null),
    },
  });
  const submit = form.onSubmit((values) =>
    set.mutate(values, {
      onSuccess: () => {
        notifications.show({ color: 'teal', message: t('set.done', { name: values.name }) });
        onClose();
      },
    }),
  );
  return (
    <DialogForm onSubmit={submit} onCancel={onClose} action={t('set.action')} pending={set.isPending} error={set.error}>
      {isNew && (
        <TextInput
          label={t('set.name')}
          description={t('set.nameHint')}
          placeholder="CRM_TOKEN"
          required
          spellCheck={false}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
      )}
      <PasswordInput
        label={t('set.value')}
        description={t('set.valueHint')}
        required
        autoComplete="new-password"
        data-autofocus={!isNew}
        {...form.getInputProps('value')}
      />
    </DialogForm>
  );
}
