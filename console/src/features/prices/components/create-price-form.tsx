import { Autocomplete, NumberInput } from '@mantine/core';
import '@mantine/dates/styles.css';
import { DateTimePicker } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { useCreatePrice } from '@/features/prices/api/prices';
import { modelsQuery } from '@/lib/queries/models';

/** Prices are entered per 1,000 tokens, as people speak of them; one won there is 1,000 micro-KRW per token. */
const MICROS_PER_WON = 1_000;
const MOST_WON = 1_000_000_000;

interface Values {
  model: string;
  input: number | string;
  cached: number | string;
  output: number | string;
  from: string | null;
}

export function CreatePriceForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('prices');
  const create = useCreatePrice();
  const { data: models = [] } = useQuery(modelsQuery);
  const form = useForm<Values>({
    initialValues: { model: '', input: '', cached: '', output: '', from: null },
    validate: {
      model: (model) => (model.trim() === '' ? t('create.modelMissing') : null),
      input: (won) => (won === '' ? t('create.amountMissing') : null),
      output: (won) => (won === '' ? t('create.amountMissing') : null),
    },
  });
  const submit = form.onSubmit(({ model, input, cached, output, from }) =>
    create.mutate(
      {
        model: model.trim(),
        inputMicros: microsOf(input),
        cachedInputMicros: microsOf(cached === '' ? input : cached),
        outputMicros: microsOf(output),
        effectiveTime: from === null ? undefined : new Date(from).toISOString(),
      },
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
      <Autocomplete
        label={t('column.model')}
        data={models.map((model) => model.name ?? '')}
        maxLength={128}
        required
        data-autofocus
        {...form.getInputProps('model')}
      />
      <WonInput label={t('column.input')} required {...form.getInputProps('input')} />
      <WonInput label={t('column.cached')} description={t('create.cachedHint')} {...form.getInputProps('cached')} />
      <WonInput label={t('column.output')} required {...form.getInputProps('output')} />
      <DateTimePicker
        label={t('column.from')}
        description={t('create.fromHint')}
        placeholder={t('create.now')}
        minDate={new Date()}
        clearable
        {...form.getInputProps('from')}
      />
    </DialogForm>
  );
}

interface WonInputProps {
  readonly label: string;
  readonly description?: string;
  readonly required?: boolean;
}

function WonInput(props: WonInputProps) {
  return (
    <NumberInput
      prefix="₩ "
      thousandSeparator=","
      min={0}
      max={MOST_WON}
      decimalScale={3}
      allowNegative={false}
      {...props}
    />
  );
}

function microsOf(won: number | string): string {
  return String(Math.round(Number(won) * MICROS_PER_WON));
}
