import { Group, NumberInput, PasswordInput, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { engineProfilesQuery, type NewDeployment, useCreateDeployment } from '@/features/deployments/api/deployments';
import { modelsQuery } from '@/lib/queries/models';

interface Values {
  model: string;
  engineProfile: string;
  launcher: 'process' | 'external';
  replicas: number;
  modelPath: string;
  threads: number;
  contextTokens: number;
  urls: string[];
  engineModel: string;
  engineKey: string;
  concurrentRequests: number;
}

const MOST_REPLICAS = 64;
const MOST_CONCURRENT = 100_000;

/** Asks which model is served by which engine, launched here or running elsewhere. */
export function CreateDeploymentForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('deployments');
  const create = useCreateDeployment();
  const { data: models = [] } = useQuery(modelsQuery);
  const { data: profiles = [] } = useQuery(engineProfilesQuery);
  const form = useForm<Values>({
    initialValues: {
      model: '',
      engineProfile: '',
      launcher: 'external',
      replicas: 1,
      modelPath: '',
      threads: 0,
      contextTokens: 0,
      urls: [],
      engineModel: '',
      engineKey: '',
      concurrentRequests: 0,
    },
    validate: {
      model: (model) => (model === '' ? t('create.modelMissing') : null),
      engineProfile: (profile) => (profile === '' ? t('create.engineMissing') : null),
      urls: (urls, { launcher }) => (launcher === 'external' && urls.length === 0 ? t('create.urlsMissing') : null),
    },
  });
  const launchable = profiles.filter((profile) => form.values.launcher === 'external' || profile.launchable === true);
  const submit = form.onSubmit((values) => create.mutate(deploymentOf(values), { onSuccess: onClose }));
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('create.action')}
      pending={create.isPending}
      error={create.error}
    >
      <SegmentedControl
        aria-label={t('create.launcher')}
        data={[
          { value: 'external', label: t('create.external') },
          { value: 'process', label: t('create.process') },
        ]}
        {...form.getInputProps('launcher')}
      />
      <Group grow align="flex-start">
        <Select
          label={t('create.model')}
          data={models.map((model) => model.name ?? '')}
          searchable
          required
          {...form.getInputProps('model')}
        />
        <Select
          label={t('create.engine')}
          data={launchable.map((profile) => ({
            value: profile.name ?? '',
            label: profile.displayName || profile.name || '',
          }))}
          required
          {...form.getInputProps('engineProfile')}
        />
      </Group>
      {form.values.launcher === 'external' ? <ExternalFields form={form} /> : <ProcessFields form={form} />}
    </DialogForm>
  );
}

function ExternalFields({ form }: { readonly form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('deployments');
  return (
    <>
      <TagsInput
        label={t('create.urls')}
        description={t('create.urlsHint')}
        placeholder="http://10.0.0.12:8000"
        required
        {...form.getInputProps('urls')}
      />
      <TextInput
        label={t('create.engineModel')}
        description={t('create.engineModelHint')}
        {...form.getInputProps('engineModel')}
      />
      <PasswordInput
        label={t('create.engineKey')}
        description={t('create.engineKeyHint')}
        autoComplete="new-password"
        {...form.getInputProps('engineKey')}
      />
      <NumberInput
        label={t('create.concurrent')}
        description={t('create.concurrentHint')}
        min={0}
        max={MOST_CONCURRENT}
        allowDecimal={false}
        {...form.getInputProps('concurrentRequests')}
      />
    </>
  );
}

function ProcessFields({ form }: { readonly form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('deployments');
  return (
    <>
      <TextInput
        label={t('create.path')}
        description={t('create.pathHint')}
        placeholder="/models/EXAONE-4.0-1.2B-Q4_K_M.gguf"
        spellCheck={false}
        {...form.getInputProps('modelPath')}
      />
      <Group grow align="flex-start">
        <NumberInput
          label={t('replicas.label')}
          min={1}
          max={MOST_REPLICAS}
          allowDecimal={false}
          {...form.getInputProps('replicas')}
        />
        <NumberInput
          label={t('create.threads')}
          description={t('create.zeroHint')}
          min={0}
          max={1024}
          allowDecimal={false}
          {...form.getInputProps('threads')}
        />
        <NumberInput
          label={t('create.context')}
          description={t('create.zeroHint')}
          min={0}
          max={100_000_000}
          thousandSeparator=","
          allowDecimal={false}
          {...form.getInputProps('contextTokens')}
        />
      </Group>
    </>
  );
}

function deploymentOf(values: Values): NewDeployment {
  const { model, engineProfile, replicas } = values;
  if (values.launcher === 'process') {
    const { modelPath, threads, contextTokens } = values;
    return { model, engineProfile, replicas, process: { modelPath, threads, contextTokens } };
  }
  const { urls, engineModel, engineKey, concurrentRequests } = values;
  const external = { urls, engineModel, concurrentRequests, ...(engineKey === '' ? {} : { engineKey }) };
  return { model, engineProfile, replicas: urls.length, external };
}
