import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { useCreateProject, useRenameProject } from '@/features/projects/api/projects';
import { NAME, nameFrom } from '@/lib/names';
import type { Project } from '@/lib/queries/projects';

interface CreateProjectFormProps {
  readonly tenantId: string;
  readonly onClose: () => void;
}

export function CreateProjectForm({ tenantId, onClose }: CreateProjectFormProps) {
  const { t } = useTranslation('projects');
  const create = useCreateProject(tenantId);
  const form = useForm({
    initialValues: { displayName: '', name: '' },
    validate: { name: (name) => (NAME.test(name) ? null : t('create.nameWrong')) },
  });
  form.watch('displayName', ({ value, previousValue }) => {
    if (form.getValues().name === nameFrom(previousValue)) {
      form.setFieldValue('name', nameFrom(value));
    }
  });
  const submit = form.onSubmit((values) => create.mutate(values, { onSuccess: onClose }));
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('create.action')}
      pending={create.isPending}
      error={create.error}
    >
      <TextInput
        label={t('create.displayName')}
        placeholder={t('create.displayNamePlaceholder')}
        maxLength={120}
        data-autofocus
        {...form.getInputProps('displayName')}
      />
      <TextInput
        label={t('create.name')}
        description={t('create.nameHint')}
        placeholder="customer-support"
        maxLength={40}
        required
        spellCheck={false}
        {...form.getInputProps('name')}
      />
    </DialogForm>
  );
}

interface RenameProjectFormProps {
  readonly tenantId: string;
  readonly project: Project;
  readonly onClose: () => void;
}

export function RenameProjectForm({ tenantId, project, onClose }: RenameProjectFormProps) {
  const { t } = useTranslation('projects');
  const rename = useRenameProject(tenantId, project.projectId ?? '');
  const form = useForm({ initialValues: { displayName: project.displayName ?? '' } });
  const submit = form.onSubmit(({ displayName }) => rename.mutate(displayName.trim(), { onSuccess: onClose }));
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('rename.action')}
      pending={rename.isPending}
      error={rename.error}
    >
      <TextInput
        label={t('create.displayName')}
        maxLength={120}
        data-autofocus
        {...form.getInputProps('displayName')}
      />
    </DialogForm>
  );
}
