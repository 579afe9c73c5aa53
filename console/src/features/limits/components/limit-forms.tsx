import { MultiSelect, NumberInput, Select, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import {
  enforcementOf,
  isBudget,
  isShadow,
  type Limit,
  LIMIT_KINDS,
  type LimitKind,
  type Subject,
  useChangeLimit,
  useCreateLimit,
} from '@/features/limits/api/limits';
import { microKrw, microKrwToWon, wonToMicroKrw } from '@/lib/format/money';
import { count } from '@/lib/format/number';
import { tenantModelsQuery } from '@/lib/queries/tenant-models';

/** The platform's int64 of micro-KRW holds nine trillion won. */
const MOST = 9_000_000_000_000;
/** The platform lets so many models share a limit. */
const MOST_MODELS = 32;

interface CreateLimitFormProps {
  readonly subject: Subject;
  readonly onClose: () => void;
}

interface Values {
  kind: LimitKind;
  models: string[];
  amount: number | string;
  shadow: boolean;
}

export function CreateLimitForm({ subject, onClose }: CreateLimitFormProps) {
  const { t } = useTranslation('limits');
  const create = useCreateLimit(subject);
  const { data: models = [] } = useQuery(tenantModelsQuery(subject.tenantId));
  const form = useForm<Values>({
    initialValues: { kind: 'LIMIT_KIND_REQUESTS_PER_MINUTE', models: [], amount: '', shadow: false },
    validate: { amount: (amount) => (amount === '' ? t('create.amountMissing') : null) },
  });
  const submit = form.onSubmit(({ kind, models: chosen, amount, shadow }) =>
    create.mutate(
      { kind, models: chosen, value: valueOf(kind, amount), enforcement: enforcementOf(shadow) },
      { onSuccess: onClose },
    ),
  );
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('create.action')}
      pending={create.isPending}
      error={create.error}
    >
      <Select
        label={t('create.kind')}
        data={LIMIT_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        {...form.getInputProps('kind')}
      />
      <MultiSelect
        label={t('create.models')}
        description={t('create.modelsHint')}
        placeholder={form.values.models.length === 0 ? t('allModels') : ''}
        data={models.map(({ name = '' }) => name)}
        maxValues={MOST_MODELS}
        searchable
        clearable
        {...form.getInputProps('models')}
      />
      <AmountInput kind={form.values.kind} {...form.getInputProps('amount')} />
      <ShadowSwitch {...form.getInputProps('shadow', { type: 'checkbox' })} />
    </DialogForm>
  );
}

interface EditLimitFormProps {
  readonly tenantId: string;
  readonly limit: Limit;
  readonly onClose: () => void;
}

export function EditLimitForm({ tenantId, limit, onClose }: EditLimitFormProps) {
  const { t } = useTranslation('limits');
  const change = useChangeLimit(tenantId, limit.limitId ?? '');
  const kind = limit.kind as LimitKind;
  const form = useForm<{ amount: number | string; shadow: boolean }>({
    initialValues: {
      amount: isBudget(kind) ? microKrwToWon(microKrw(limit.value)) : count(limit.value),
      shadow: isShadow(limit),
    },
    validate: { amount: (amount) => (amount === '' ? t('create.amountMissing') : null) },
  });
  const submit = form.onSubmit(({ amount, shadow }) =>
    change.mutate({ value: valueOf(kind, amount), enforcement: enforcementOf(shadow) }, { onSuccess: onClose }),
  );
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('edit.action')}
      pending={change.isPending}
      error={change.error}
    >
      <AmountInput kind={kind} {...form.getInputProps('amount')} />
      <ShadowSwitch {...form.getInputProps('shadow', { type: 'checkbox' })} />
    </DialogForm>
  );
}

function ShadowSwitch(props: { readonly checked?: boolean }) {
  const { t } = useTranslation('limits');
  return <Switch label={t('shadow.label')} description={t('shadow.hint')} {...props} />;
}

interface AmountInputProps {
  readonly kind: LimitKind;
  readonly hint?: string;
  readonly value?: number | string;
  readonly onChange?: (amount: number | string) => void;
}

export function AmountInput({ kind, hint, ...props }: AmountInputProps) {
  const { t } = useTranslation('limits');
  return (
    <NumberInput
      label={t(`kind.${kind}`)}
      description={hint ?? t('create.amountHint')}
      prefix={isBudget(kind) ? '₩ ' : ''}
      thousandSeparator=","
      min={0}
      max={MOST}
      allowDecimal={false}
      allowNegative={false}
      required
      data-autofocus
      {...props}
    />
  );
}

/** What the platform is sent: micro-KRW for budgets, a count otherwise. */
export function valueOf(kind: LimitKind, amount: number | string): string {
  return isBudget(kind) ? wonToMicroKrw(Number(amount)) : String(Math.round(Number(amount)));
}
