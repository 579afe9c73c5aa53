import { Anchor, Button, Skeleton, Stack } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { LiveBadge } from '@/components/live-badge';
import { Page } from '@/components/page';
import { ProblemAlert } from '@/components/problem-alert';
import { isOpen, runQuery, type RunScope, useCancelRun } from '@/features/runs/api/runs';
import { useRunTimeline } from '@/features/runs/api/use-run-timeline';
import { RunFacts } from '@/features/runs/components/run-facts';
import { RunStateBadge } from '@/features/runs/components/run-state';
import { RunTimeline } from '@/features/runs/components/run-timeline';
import { asProblem } from '@/lib/api/problem';
import { useCan } from '@/lib/session/account';
import { useProjectScope } from '@/lib/session/scope';

/** One run, live: what it was asked, each step, how it ended. */
export function RunPage() {
  const project = useProjectScope();
  const { runId = '' } = useParams({ strict: false });
  // A new run is another page, not another state of the same one.
  return <RunView key={runId} scope={{ ...project, runId }} />;
}

function RunView({ scope }: { readonly scope: RunScope }) {
  const { t } = useTranslation('runs');
  const { data: run, error, refetch } = useQuery(runQuery(scope));
  const { timeline, state: live, problem } = useRunTimeline(scope);
  const cancel = useCancelRun(scope);
  const mayRun = useCan('agent.run');
  const at = `/t/${scope.tenantId}/p/${scope.projectId}`;
  if (error !== null && run === undefined) {
    return <FailurePanel problem={asProblem(error)} retry={() => void refetch()} />;
  }
  return (
    <Page
      title={t('run.title', { agent: run?.agentName ?? '…' })}
      trail={
        <>
          <Anchor component={Link} to={`${at}/runs`} c="dimmed">
            {t('title')}
          </Anchor>
        </>
      }
      aside={
        <>
          <RunStateBadge state={run?.state} />
          <LiveBadge state={live} />
        </>
      }
      actions={
        mayRun &&
        isOpen(run?.state) && (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={15} />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('run.cancel')}
          </Button>
        )
      }
    >
      <Stack gap="lg">
        <ProblemAlert error={cancel.error ?? problem} />
        {run === undefined ? <Skeleton height={80} radius="lg" /> : <RunFacts run={run} scope={scope} />}
        <RunTimeline timeline={timeline} scope={scope} />
      </Stack>
    </Page>
  );
}
