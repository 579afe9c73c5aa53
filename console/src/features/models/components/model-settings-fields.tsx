import { Group, MultiSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelSettings } from '@/features/models/api/models';
import { TenantSharesField, type TenantSharesInput } from '@/features/models/components/tenant-shares-field';
import { allTenantsQuery } from '@/lib/queries/tenants';

const MOST_TOKENS = 100_000_000;

interface ModelSettingsFieldsProps {
  readonly inputProps: (field: keyof ModelSettings) => GetInputPropsReturnType;
}

/** The fields of a model that can be changed at any time. */
export function ModelSettingsFields({ inputProps }: ModelSettingsFieldsProps) {
  const { t } = useTranslation('models');
  const { data: tenants = [] } = useQuery(allTenantsQuery);
  const choices = tenants.map((tenant) => ({
    value: tenant.tenantId ?? '',
    label: tenant.displayName || tenant.name || '',
  }));
  return (
    <>
      <TextInput
        label={t('field.displayName')}
        placeholder="EXAONE 4.0 32B"
        maxLength={120}
        {...inputProps('displayName')}
      />
      <Textarea label={t('field.description')} autosize minRows={2} maxLength={2000} {...inputProps('description')} />
      <Group grow align="flex-start">
        <NumberInput
          label={t('field.context')}
          description={t('field.contextHint')}
          min={0}
          max={MOST_TOKENS}
          thousandSeparator=","
          allowDecimal={false}
          {...inputProps('contextTokens')}
        />
        <NumberInput
          label={t('field.output')}
          description={t('field.outputHint')}
          min={0}
          max={MOST_TOKENS}
          thousandSeparator=","
          allowDecimal={false}
          {...inputProps('defaultOutputTokens')}
        />
      </Group>
      <TextInput label={t('column.licence')} maxLength={200} {...inputProps('licence')} />
      <MultiSelect
        label={t('column.visible')}
        description={t('field.visibleHint')}
        placeholder={t('visible.all')}
        data={choices}
        searchable
        clearable
        {...inputProps('tenantIds')}
      />
      <TenantSharesField tenants={choices} input={inputProps('tenantShares') as TenantSharesInput} />
    </>
  );
}
