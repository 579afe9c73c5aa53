import { Checkbox, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { KEY_SCOPES, type KeyScope, useCreateKey } from '@/features/keys/api/create-key';
import { tenantModelsQuery } from '@/lib/queries/tenant-models';
import { useCan } from '@/lib/session/account';
import type { ProjectScope } from '@/lib/session/scope';

const LIVES = ['30', '90', '365', 'never'] as const;
type Life = (typeof LIVES)[number];

interface CreateKeyFormProps {
  readonly scope: ProjectScope;
  readonly onCancel: () => void;
  /** Hears the secret of the new key. */
  readonly onCreated: (secret: string) => void;
}

interface Values {
  displayName: string;
  scopes: KeyScope[];
  models: string[];
  life: Life;
}

/** Asks what a new key is for. */
export function CreateKeyForm({ scope, onCancel, onCreated }: CreateKeyFormProps) {
  const { t } = useTranslation('keys');
  const create = useCreateKey(scope);
  const { data: models = [] } = useQuery(tenantModelsQuery(scope.tenantId));
  const form = useForm<Values>({
    initialValues: { displayName: '', scopes: ['KEY_SCOPE_INFERENCE'], models: [], life: '90' },
    validate: {
      displayName: (name) => (name.trim() === '' ? t('create.nameMissing') : null),
      scopes: (scopes) => (scopes.length === 0 ? t('create.scopeMissing') : null),
    },
  });
  const submit = form.onSubmit(({ life, ...key }) => {
    create.mutate(
      { ...key, displayName: key.displayName.trim(), expireTime: expiryAfter(life) },
      { onSuccess: (answer) => onCreated(answer.secret ?? '') },
    );
  });
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onCancel}
      action={t('create.action')}
      pending={create.isPending}
      error={create.error}
    >
      <TextInput
        label={t('create.name')}
        placeholder={t('create.namePlaceholder')}
        maxLength={120}
        required
        data-autofocus
        {...form.getInputProps('displayName')}
      />
      <ScopeChoice {...form.getInputProps('scopes')} />
      <MultiSelect
        label={t('create.models')}
        description={t('create.modelsHint')}
        placeholder={form.values.models.length === 0 ? t('allModels') : ''}
        data={models.map((model) => model.name ?? '')}
        searchable
        clearable
        {...form.getInputProps('models')}
      />
      <Select
        label={t('create.expiry')}
        data={LIVES.map((life) => ({ value: life, label: t(`create.life.${life}`) }))}
        {...form.getInputProps('life')}
      />
    </DialogForm>
  );
}

interface ScopeChoiceProps {
  readonly value?: string[];
  readonly onChange?: (scopes: string[]) => void;
}

function ScopeChoice(props: ScopeChoiceProps) {
  const { t } = useTranslation('keys');
  const mayGiveMetrics = useCan('platform.tenant.write');
  const offered = KEY_SCOPES.filter((scope) => scope !== 'KEY_SCOPE_METRICS' || mayGiveMetrics);
  return (
    <Checkbox.Group label={t('create.scopes')} {...props}>
      <Stack gap={10} mt={8}>
        {offered.map((scope) => (
          <Checkbox key={scope} value={scope} label={t(`scope.${scope}`)} description={t(`scopeHint.${scope}`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function expiryAfter(life: Life): string | undefined {
  if (life === 'never') {
    return undefined;
  }
  const moment = new Date();
  moment.setDate(moment.getDate() + Number(life));
  return moment.toISOString();
}
