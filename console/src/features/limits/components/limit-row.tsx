import { ActionIcon, Badge, Group, Progress, Text, Tooltip } from '@mantine/core';
import { IconArrowBigUpLines, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TimeText } from '@/components/time-text';
import { isBudget, isRaised, isShadow, type Limit, type LimitKind, modelsOf } from '@/features/limits/api/limits';
import classes from '@/features/limits/components/limit-row.module.css';
import type { LimitSteps } from '@/features/limits/components/limit-tree';
import { microKrw } from '@/lib/format/money';
import { count } from '@/lib/format/number';
import { useFormat } from '@/lib/format/use-format';

const NEARLY_USED = 80;

interface LimitRowProps {
  readonly limit: Limit;
  readonly steps: LimitSteps | undefined;
}

/** One limit: what it counts, how much of it is used, when it begins anew. */
export function LimitRow({ limit, steps }: LimitRowProps) {
  const { t } = useTranslation('limits');
  const name = t(`kind.${limit.kind as LimitKind}`);
  return (
    <li className={classes['row']}>
      <Group gap={8} className={classes['what'] ?? ''}>
        <Text fz="sm">{name}</Text>
        <Badge variant="default" size="sm" tt="none" fw={500}>
          {modelsOf(limit).join(', ') || t('allModels')}
        </Badge>
        {isShadow(limit) && (
          <Badge variant="light" color="gray" size="sm" tt="none" fw={500}>
            {t('shadow.badge')}
          </Badge>
        )}
      </Group>
      <Use limit={limit} label={name} />
      <Text fz="xs" c="dimmed" className={classes['reset'] ?? ''}>
        {limit.resetTime === undefined ? null : (
          <>
            {t('resets')} <TimeText time={limit.resetTime} />
          </>
        )}
        <Raised limit={limit} />
        <WouldHaveRefused limit={limit} />
      </Text>
      {steps !== undefined && (
        <Group gap={2} wrap="nowrap">
          <Tooltip label={t('raise.open')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('raise.openFor', { name })}
              onClick={() => steps.onRaise(limit)}
            >
              <IconArrowBigUpLines size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('edit.open')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('edit.openFor', { name })}
              onClick={() => steps.onEdit(limit)}
            >
              <IconPencil size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('remove.open')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('remove.openFor', { name })}
              onClick={() => steps.onRemove(limit)}
            >
              <IconTrash size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Group>
      )}
    </li>
  );
}

/** By whom it is higher now, until when and why. */
function Raised({ limit }: { readonly limit: Limit }) {
  const { t } = useTranslation('limits');
  if (!isRaised(limit)) {
    return null;
  }
  return (
    <Tooltip label={t('raise.by', { author: limit.raise?.raisedBy, reason: limit.raise?.reason })} multiline maw={360}>
      <Text component="span" fz="xs" display="block" tabIndex={0}>
        {t('raise.raised')} <TimeText time={limit.raise?.until} />
      </Text>
    </Tooltip>
  );
}

/** What a limit in shadow would have refused in the last month, on hover by days. */
function WouldHaveRefused({ limit }: { readonly limit: Limit }) {
  const { t } = useTranslation('limits');
  const format = useFormat();
  const days = limit.wouldHaveRefused ?? [];
  if (!isShadow(limit)) {
    return null;
  }
  const total = days.reduce((sum, { requests }) => sum + count(requests), 0);
  const byDay = days.map(({ day, requests }) => `${day ?? ''}: ${format.count(count(requests))}`).join('\n');
  return (
    <Tooltip label={byDay} disabled={days.length === 0} multiline styles={{ tooltip: { whiteSpace: 'pre' } }}>
      <Text component="span" fz="xs" display="block" tabIndex={days.length === 0 ? undefined : 0}>
        {t('shadow.refused', { calls: format.count(total) })}
      </Text>
    </Tooltip>
  );
}

function Use({ limit, label }: { readonly limit: Limit; readonly label: string }) {
  const { t } = useTranslation('limits');
  const format = useFormat();
  const used = count(limit.used);
  const current = limit.currentValue ?? limit.value;
  const whole = count(current);
  const percent = whole === 0 ? 100 : Math.min(100, (used / whole) * 100);
  const write = (text: string | undefined) =>
    isBudget(limit.kind) ? format.money(microKrw(text)) : format.count(count(text));
  return (
    <div className={classes['use']}>
      <Progress
        value={percent}
        size="sm"
        color={percent >= 100 ? 'red' : percent >= NEARLY_USED ? 'yellow' : 'ink'}
        aria-label={t('usedOf', { name: label })}
      />
      <Text fz="xs" c="dimmed" mt={3}>
        {t('used', { used: write(limit.used), whole: write(current) })}
      </Text>
    </div>
  );
}
