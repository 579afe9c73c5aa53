import { Checkbox, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import {
  CAPABILITIES,
  type Capability,
  type ModelSettings,
  useCreateModel,
  useUpdateModel,
} from '@/features/models/api/models';
import { ModelSettingsFields } from '@/features/models/components/model-settings-fields';
import type { Model } from '@/lib/queries/models';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,126}$/;

const NOTHING: ModelSettings = {
  displayName: '',
  description: '',
  contextTokens: 0,
  defaultOutputTokens: 0,
  licence: '',
  tenantIds: [],
  tenantShares: [],
};

export function CreateModelForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('models');
  const create = useCreateModel();
  const form = useForm({
    initialValues: { ...NOTHING, name: '', capabilities: ['MODEL_CAPABILITY_CHAT'] as Capability[] },
    validate: {
      name: (name) => (NAME.test(name) ? null : t('create.nameWrong')),
      capabilities: (capabilities) => (capabilities.length === 0 ? t('create.capabilityMissing') : null),
    },
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
        label={t('create.name')}
        description={t('create.nameHint')}
        placeholder="exaone-4.0-32b"
        required
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group label={t('column.capabilities')} required {...form.getInputProps('capabilities')}>
        <Group mt={8}>
          {CAPABILITIES.map((capability) => (
            <Checkbox key={capability} value={capability} label={t(`capability.${capability}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <ModelSettingsFields inputProps={(field) => form.getInputProps(field)} />
    </DialogForm>
  );
}

interface EditModelFormProps {
  readonly model: Model;
  readonly onClose: () => void;
}

export function EditModelForm({ model, onClose }: EditModelFormProps) {
  const { t } = useTranslation('models');
  const update = useUpdateModel(model.modelId ?? '');
  const form = useForm<ModelSettings>({ initialValues: settingsOf(model) });
  const submit = form.onSubmit((values) => update.mutate(values, { onSuccess: onClose }));
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('edit.action')}
      pending={update.isPending}
      error={update.error}
    >
      <ModelSettingsFields inputProps={(field) => form.getInputProps(field)} />
    </DialogForm>
  );
}

function settingsOf(model: Model): ModelSettings {
  return {
    displayName: model.displayName ?? '',
    description: model.description ?? '',
    contextTokens: model.contextTokens ?? 0,
    defaultOutputTokens: model.defaultOutputTokens ?? 0,
    licence: model.licence ?? '',
    tenantIds: [...(model.tenantIds ?? [])],
    tenantShares: (model.tenantShares ?? []).map(({ tenantId = '', weight = 1 }) => ({ tenantId, weight })),
  };
}
