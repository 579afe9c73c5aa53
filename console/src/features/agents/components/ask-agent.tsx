import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '@/components/problem-alert';
import type { AgentScope } from '@/features/agents/api/agents';
import { type RunSource, useStartRun } from '@/features/agents/api/start-run';

interface AskAgentProps {
  readonly scope: AgentScope;
  readonly source: RunSource;
  readonly disabled?: boolean;
}

/** Starts a run with a question and goes to watch it. */
export function AskAgent({ scope, source, disabled = false }: AskAgentProps) {
  const { t } = useTranslation('agents');
  const navigate = useNavigate();
  const start = useStartRun(scope);
  const [text, setText] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    start.mutate(
      { text: text.trim(), source },
      {
        onSuccess: ({ run }) =>
          void navigate({
            to: '/t/$tenantId/p/$projectId/runs/$runId',
            params: { tenantId: scope.tenantId, projectId: scope.projectId, runId: run?.runId ?? '' },
          }),
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          aria-label={t('ask.label')}
          placeholder={t('ask.placeholder')}
          autosize
          minRows={3}
          maxRows={8}
          disabled={disabled}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ProblemAlert error={start.error} />
        <Group justify="flex-end">
          <Button
            type="submit"
            leftSection={<IconPlayerPlay size={15} />}
            disabled={disabled || text.trim() === ''}
            loading={start.isPending}
          >
            {source === 'draft' ? t('ask.runDraft') : t('ask.run')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
