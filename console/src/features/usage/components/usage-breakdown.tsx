import { Button, Skeleton, Stack } from '@mantine/core';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/panel';
import { type Column, ResourceTable } from '@/components/resource-table';
import { MoneyText } from '@/components/money-text';
import { StatePanel } from '@/components/state-panel';
import { UsagePlot } from '@/components/usage-plot';
import { useGroupNames } from '@/features/usage/api/group-names';
import type { Dimension, UsageSum } from '@/features/usage/api/query-usage';
import {
  type GroupTotal,
  groupTotals,
  type Measure,
  plotColumns,
  valueOf,
} from '@/features/usage/components/group-totals';
import { csv, saveAs } from '@/lib/csv';
import { microKrw, wonToMicroKrw } from '@/lib/format/money';
import type { TimeRange } from '@/lib/format/time-range';
import { useFormat } from '@/lib/format/use-format';
import { dayAt, intervalStarts } from '@/lib/format/zone';
import { useTenantId } from '@/lib/session/scope';

interface UsageBreakdownProps {
  /** Undefined while the first answer is awaited. */
  readonly sums: readonly UsageSum[] | undefined;
  readonly dimension: Dimension;
  readonly measure: Measure;
  readonly interval: 'hour' | 'day' | 'month';
  readonly range: TimeRange;
  /** The zone whose hours, days and months the sums are of. */
  readonly zone: string;
}

/** Usage over time as a plot, and its sums by group as a table. */
export function UsageBreakdown({ sums, dimension, measure, interval, range, zone }: UsageBreakdownProps) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const nameOf = useGroupLabel(dimension);
  const totals = groupTotals(sums ?? [], measure);
  const groups = totals.map(({ group }) => ({ key: group, label: nameOf(group) }));
  const columns = useTotalColumns(dimension, nameOf, totals, measure);
  const formatValue = (value: number) =>
    measure === 'cost' ? format.money(microKrw(wonToMicroKrw(value))) : format.compact(value);
  if (sums?.length === 0) {
    return (
      <StatePanel icon={<IconChartBar />} color="gray" title={t('empty.title')} description={t('empty.description')} />
    );
  }
  return (
    <Stack gap="lg">
      <Panel title={t(`plot.${measure}`)}>
        {sums === undefined ? (
          <Skeleton height={280} />
        ) : (
          <UsagePlot
            label={t(`plot.${measure}`)}
            columns={plotColumns(sums, measure, intervalStarts(interval, range.start, range.end, zone))}
            groups={groups}
            interval={interval}
            zone={zone}
            format={formatValue}
            whole={measure !== 'cost'}
          />
        )}
      </Panel>
      <ResourceTable
        label={t('table.label')}
        listing={{
          rows: sums && totals,
          problem: undefined,
          retry: () => undefined,
          more: undefined,
          loadingMore: false,
        }}
        columns={columns}
        rowKey={(total) => total.group}
        empty={{ title: t('empty.title'), description: t('empty.description') }}
      />
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} />}
          disabled={totals.length === 0}
          onClick={() => saveAs(fileName(range, zone), csv(rowsOf(totals, nameOf)))}
        >
          {t('table.csv')}
        </Button>
      </div>
    </Stack>
  );
}

function useGroupLabel(dimension: Dimension): (group: string) => string {
  const { t } = useTranslation('usage');
  const names = useGroupNames(useTenantId(), dimension);
  return (group) => {
    if (group === '') {
      return t(`ungrouped.${dimension}`);
    }
    if (dimension === 'OUTCOME') {
      return t(`outcome.${group.replace(/^OUTCOME_/, '') as 'COMPLETED'}`);
    }
    return names.get(group) ?? group;
  };
}

function useTotalColumns(
  dimension: Dimension,
  nameOf: (group: string) => string,
  totals: readonly GroupTotal[],
  measure: Measure,
): Column<GroupTotal>[] {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const whole = totals.reduce((sum, total) => sum + valueOf(measure, total), 0);
  return [
    { key: 'group', header: t(`dimension.${dimension}`), cell: (total) => nameOf(total.group) },
    { key: 'requests', header: t('column.requests'), align: 'right', cell: (total) => format.count(total.requests) },
    { key: 'refused', header: t('column.refused'), align: 'right', cell: (total) => format.count(total.refused) },
    { key: 'input', header: t('column.input'), align: 'right', cell: (total) => format.count(total.inputTokens) },
    { key: 'output', header: t('column.output'), align: 'right', cell: (total) => format.count(total.outputTokens) },
    { key: 'amount', header: t('column.amount'), align: 'right', cell: (total) => <MoneyText micro={total.amount} /> },
    {
      key: 'share',
      header: t('column.share'),
      align: 'right',
      cell: (total) => format.share(valueOf(measure, total), whole),
    },
  ];
}

function rowsOf(totals: readonly GroupTotal[], nameOf: (group: string) => string) {
  const head = ['group', 'id', 'requests', 'refused_requests', 'input_tokens', 'output_tokens', 'amount_micro_krw'];
  const rows = totals.map((total) => [
    nameOf(total.group),
    total.group,
    total.requests,
    total.refused,
    total.inputTokens,
    total.outputTokens,
    total.amount.toString(),
  ]);
  return [head, ...rows];
}

/** The first and the last day that the sums are of. */
function fileName(range: TimeRange, zone: string): string {
  return `usage-${dayAt(range.start, zone)}-${dayAt(new Date(range.end.getTime() - 1), zone)}.csv`;
}
