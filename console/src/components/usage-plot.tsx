import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** One column of the plot: a moment and a value for each group. */
export interface PlotColumn {
  readonly time: Date;
  readonly values: Readonly<Record<string, number>>;
}

interface UsagePlotProps {
  /** What the plot shows, for screen readers. */
  readonly label: string;
  readonly columns: readonly PlotColumn[];
  /** The groups in the order of their size; those beyond the palette are drawn as one. */
  readonly groups: readonly { readonly key: string; readonly label: string }[];
  readonly interval: 'hour' | 'day' | 'month';
  /** The zone whose hours, days or months the columns are. */
  readonly zone: string;
  readonly format: (value: number) => string;
  /** Counts have no halves on their axis. */
  readonly whole: boolean;
}

/** Told apart also by people who see red and green alike, on light and on dark. */
const PALETTE = ['#4b64e4', '#12a594', '#f0a020', '#d6409f', '#5aa9e6', '#8d6bd1'];
const OTHERS = '#98a1b0';
const REST = 'rest';

/** Usage over time as stacked columns. */
export function UsagePlot({ label, columns, groups, interval, zone, format, whole }: UsagePlotProps) {
  const { t } = useTranslation('components');
  const tick = useTick(interval, zone);
  const shown = groups.slice(0, PALETTE.length);
  const others = groups.slice(PALETTE.length);
  const rows = useMemo(() => {
    const names = new Map(groups.slice(0, PALETTE.length).map((group, index) => [group.key, nameOf(index)]));
    return columns.map((column) => rowOf(column, names, tick(column.time)));
  }, [columns, groups, tick]);
  const series = shown.map((group, index) => ({
    name: nameOf(index),
    label: group.label,
    color: PALETTE[index] ?? OTHERS,
  }));
  const all = others.length === 0 ? series : [...series, { name: REST, label: t('plot.others'), color: OTHERS }];
  return (
    <figure style={{ margin: 0 }} aria-label={label}>
      <BarChart
        h={280}
        data={rows}
        dataKey="time"
        type="stacked"
        series={all}
        withLegend={all.length > 1}
        legendProps={{ itemSorter: null }}
        valueFormatter={format}
        tickLine="none"
        gridAxis="x"
        strokeDasharray="0"
        gridColor="var(--line)"
        maxBarWidth={36}
        tooltipAnimationDuration={0}
        barProps={{ isAnimationActive: false }}
        xAxisProps={{ minTickGap: 24 }}
        yAxisProps={{ width: 68, allowDecimals: !whole }}
      />
      {columns.length === 0 && (
        <Text component="figcaption" ta="center" c="dimmed" fz="sm">
          {t('plot.empty')}
        </Text>
      )}
    </figure>
  );
}

/** The plot takes a dot in a name for a path; models have dots in theirs. */
function nameOf(index: number): string {
  return `group${String(index)}`;
}

function rowOf(column: PlotColumn, names: ReadonlyMap<string, string>, time: string) {
  const row: Record<string, string | number> = { time };
  for (const [key, value] of Object.entries(column.values)) {
    const name = names.get(key) ?? REST;
    row[name] = Number(row[name] ?? 0) + value;
  }
  return row;
}

function useTick(interval: UsagePlotProps['interval'], zone: string): (time: Date) => string {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const options: Record<UsagePlotProps['interval'], Intl.DateTimeFormatOptions> = {
      hour: { month: 'numeric', day: 'numeric', hour: '2-digit', hourCycle: 'h23', minute: '2-digit' },
      day: { month: 'short', day: 'numeric' },
      month: { year: 'numeric', month: 'short' },
    };
    const format = new Intl.DateTimeFormat(language, { ...options[interval], timeZone: zone });
    return (time) => format.format(time);
  }, [interval, language, zone]);
}
