import { SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { MoneyText } from '@/components/money-text';
import { TimeText } from '@/components/time-text';
import { type Run, runCostQuery, type RunScope } from '@/features/runs/api/runs';
import classes from '@/features/runs/components/run-facts.module.css';
import { microKrw } from '@/lib/format/money';
import { count } from '@/lib/format/number';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/account';

/** The sums of a run. */
export function RunFacts({ run, scope }: { readonly run: Run; readonly scope: RunScope }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const maySeeCost = useCan('usage.read');
  const { data: cost } = useQuery({ ...runCostQuery(scope, run.steps ?? 0), enabled: maySeeCost });
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing={0} className={classes['facts'] ?? ''}>
      <Fact label={t('run.id')}>
        <CopyField plain value={run.runId ?? ''} what={t('run.id')} />
      </Fact>
      <Fact label={t('column.started')}>
        <TimeText time={run.createTime} />
      </Fact>
      <Fact label={t('column.duration')}>
        {run.endTime === undefined || run.createTime === undefined
          ? '–'
          : format.duration(new Date(run.endTime).getTime() - new Date(run.createTime).getTime())}
      </Fact>
      <Fact label={t('column.steps')}>{format.count(run.steps ?? 0)}</Fact>
      <Fact label={t('column.tokens')}>
        {format.count(count(run.inputTokens))} → {format.count(count(run.outputTokens))}
      </Fact>
      {maySeeCost && (
        <Fact label={t('run.cost')}>{cost === undefined ? '–' : <MoneyText micro={microKrw(cost)} />}</Fact>
      )}
    </SimpleGrid>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes['fact']}>
      <Text fz="xs" c="dimmed" mb={2}>
        {label}
      </Text>
      <Text component="div" fz="sm" fw={550} className={classes['value'] ?? ''}>
        {children}
      </Text>
    </div>
  );
}
