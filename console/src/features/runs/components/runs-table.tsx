import { Anchor } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Column, ResourceTable } from '@/components/resource-table';
import { TimeText } from '@/components/time-text';
import { type Run, type RunFilter, useRuns } from '@/features/runs/api/runs';
import { RunStateBadge } from '@/features/runs/components/run-state';
import { count } from '@/lib/format/number';
import { useFormat } from '@/lib/format/use-format';
import { useProjectScope } from '@/lib/session/scope';

/** Runs, newest first. */
export function RunsTable({ filter }: { readonly filter: RunFilter }) {
  const { t } = useTranslation('runs');
  const runs = useRuns(useProjectScope(), filter);
  const columns = useColumns(filter.agentId === undefined);
  return (
    <ResourceTable
      label={t('title')}
      listing={runs}
      columns={columns}
      rowKey={(run) => run.runId ?? ''}
      minWidth={860}
      empty={{ icon: <IconPlayerPlay />, title: t('empty.title'), description: t('empty.description') }}
    />
  );
}

function useColumns(withAgent: boolean): Column<Run>[] {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const columns: Column<Run>[] = [
    {
      key: 'run',
      header: t('column.run'),
      cell: (run) => (
        <Anchor
          component={Link}
          to={`/t/${run.tenantId ?? ''}/p/${run.projectId ?? ''}/runs/${run.runId ?? ''}`}
          ff="monospace"
          fz="xs"
          c="var(--accent-text)"
        >
          {run.runId}
        </Anchor>
      ),
    },
    { key: 'agent', header: t('column.agent'), cell: (run) => run.agentName },
    { key: 'state', header: t('column.state'), cell: (run) => <RunStateBadge state={run.state} /> },
    { key: 'steps', header: t('column.steps'), align: 'right', cell: (run) => run.steps ?? 0 },
    {
      key: 'tokens',
      header: t('column.tokens'),
      align: 'right',
      cell: (run) => `${format.count(count(run.inputTokens))} → ${format.count(count(run.outputTokens))}`,
    },
    { key: 'started', header: t('column.started'), cell: (run) => <TimeText time={run.createTime} /> },
    {
      key: 'duration',
      header: t('column.duration'),
      align: 'right',
      cell: (run) => (run.endTime === undefined ? '–' : format.duration(span(run.createTime, run.endTime))),
    },
  ];
  return withAgent ? columns : columns.filter(({ key }) => key !== 'agent');
}

function span(start: string | undefined, end: string): number {
  return start === undefined ? 0 : new Date(end).getTime() - new Date(start).getTime();
}
