import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { type Tenant, useCreateTenant, useUpdateTenant } from '@/features/tenants/api/tenants';
import { NAME, nameFrom } from '@/lib/names';

const TIME_ZONES = Intl.supportedValuesOf('timeZone');
const DEFAULT_ZONE = 'Asia/Seoul';

export function CreateTenantForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('tenants');
  const create = useCreateTenant();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { displayName: '', name: '', timeZone: DEFAULT_ZONE },
    validate: { name: (name) => (NAME.test(name) ? null : t('create.nameWrong')) },
  });
  form.watch('displayName', ({ value, previousValue }) => {
    if (form.getValues().name === nameFrom(previousValue)) {
      form.setFieldValue('name', nameFrom(value));
    }
  });
  const submit = form.onSubmit((values) =>
    create.mutate(values, {
      onSuccess: ({ tenant }) => {
        onClose();
        void navigate({ to: '/t/$tenantId/members', params: { tenantId: tenant?.tenantId ?? '' } });
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
        label={t('create.displayName')}
        placeholder={t('create.displayNamePlaceholder')}
        maxLength={120}
        data-autofocus
        {...form.getInputProps('displayName')}
      />
      <TextInput
        label={t('create.name')}
        description={t('create.nameHint')}
        placeholder="hankang-bank"
        maxLength={40}
        required
        spellCheck={false}
        {...form.getInputProps('name')}
      />
      <ZoneSelect {...form.getInputProps('timeZone')} />
    </DialogForm>
  );
}

interface EditTenantFormProps {
  readonly tenant: Tenant;
  readonly onClose: () => void;
}

export function EditTenantForm({ tenant, onClose }: EditTenantFormProps) {
  const { t } = useTranslation('tenants');
  const update = useUpdateTenant(tenant.tenantId ?? '');
  const form = useForm({
    initialValues: { displayName: tenant.displayName ?? '', timeZone: tenant.timeZone || DEFAULT_ZONE },
  });
  const submit = form.onSubmit((values) => update.mutate(values, { onSuccess: onClose }));
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('edit.action')}
      pending={update.isPending}
      error={update.error}
    >
      <TextInput
        label={t('create.displayName')}
        maxLength={120}
        data-autofocus
        {...form.getInputProps('displayName')}
      />
      <ZoneSelect {...form.getInputProps('timeZone')} />
    </DialogForm>
  );
}

interface ZoneSelectProps {
  readonly value?: string;
  readonly onChange?: (zone: string | null) => void;
}

/** The zone in which the tenant's days and months begin. */
export function ZoneSelect(props: ZoneSelectProps) {
  const { t } = useTranslation('tenants');
  return (
    <Select
      label={t('create.timeZone')}
      description={t('create.timeZoneHint')}
      data={TIME_ZONES}
      searchable
      limit={50}
      {...props}
    />
  );
}
