import { Button, Group, Text, Textarea } from '@mantine/core';
import '@mantine/dates/styles.css';
import { DateTimePicker } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '@/components/form-dialog';
import { ProblemAlert } from '@/components/problem-alert';
import { isRaised, type Limit, type LimitKind, useLowerLimit, useRaiseLimit } from '@/features/limits/api/limits';
import { AmountInput, valueOf } from '@/features/limits/components/limit-forms';

const MOST_REASON = 500;

interface RaiseLimitFormProps {
  readonly tenantId: string;
  readonly limit: Limit;
  readonly onClose: () => void;
}

interface Values {
  amount: number | string;
  until: string | null;
  reason: string;
}

/** Lets a limit be higher for a time, or ends that. */
export function RaiseLimitForm({ tenantId, limit, onClose }: RaiseLimitFormProps) {
  const { t } = useTranslation('limits');
  const raise = useRaiseLimit(tenantId, limit.limitId ?? '');
  const kind = limit.kind as LimitKind;
  const form = useForm<Values>({
    initialValues: { amount: '', until: null, reason: '' },
    validate: {
      amount: (amount) => (amount === '' ? t('create.amountMissing') : null),
      until: (until) => (until === null ? t('raise.untilMissing') : null),
      reason: (reason) => (reason.trim() === '' ? t('raise.reasonMissing') : null),
    },
  });
  const submit = form.onSubmit(({ amount, until, reason }) =>
    raise.mutate(
      { value: valueOf(kind, amount), until: new Date(until ?? '').toISOString(), reason: reason.trim() },
      { onSuccess: onClose },
    ),
  );
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      action={t('raise.action')}
      pending={raise.isPending}
      error={raise.error}
    >
      {isRaised(limit) && <Lower tenantId={tenantId} limit={limit} onClose={onClose} />}
      <AmountInput kind={kind} hint={t('raise.amountHint')} {...form.getInputProps('amount')} />
      <DateTimePicker
        label={t('raise.until')}
        description={t('raise.untilHint')}
        minDate={new Date()}
        required
        {...form.getInputProps('until')}
      />
      <Textarea
        label={t('raise.reason')}
        description={t('raise.reasonHint')}
        maxLength={MOST_REASON}
        autosize
        minRows={2}
        required
        {...form.getInputProps('reason')}
      />
    </DialogForm>
  );
}

function Lower({ tenantId, limit, onClose }: RaiseLimitFormProps) {
  const { t } = useTranslation('limits');
  const lower = useLowerLimit(tenantId);
  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Text fz="sm">{t('raise.holds', { reason: limit.raise?.reason })}</Text>
        <Button
          variant="default"
          size="compact-sm"
          loading={lower.isPending}
          onClick={() => lower.mutate(limit.limitId ?? '', { onSuccess: onClose })}
        >
          {t('raise.end')}
        </Button>
      </Group>
      <ProblemAlert error={lower.error} />
    </>
  );
}
