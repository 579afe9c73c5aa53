import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateBadge } from '@/components/state-badge';
import type { RunScope } from '@/features/runs/api/runs';
import type { Failure, ModelStep, ToolStep } from '@/features/runs/api/timeline';
import classes from '@/features/runs/components/step-views.module.css';
import { useFormat } from '@/lib/format/use-format';

/** One call of a model. */
export function ModelStepView({ step, scope }: { readonly step: ModelStep; readonly scope: RunScope }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const took =
    step.startTime === undefined || step.endTime === undefined
      ? undefined
      : format.duration(new Date(step.endTime).getTime() - new Date(step.startTime).getTime());
  return (
    <>
      <Group gap={10} mb={4}>
        <Text fz="sm" fw={600}>
          {step.model}
        </Text>
        {step.attempt > 1 && <StateBadge tone="warn" label={t('step.attempt', { attempt: step.attempt })} />}
        <Text fz="xs" c="dimmed">
          {[
            took,
            step.endTime !== undefined &&
              step.failure === undefined &&
              t('step.tokens', { input: format.count(step.inputTokens), output: format.count(step.outputTokens) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {step.requestId !== '' && (
          <Anchor
            component={Link}
            to={`/t/${scope.tenantId}/requests?request=${step.requestId}`}
            fz="xs"
            c="dimmed"
            underline="always"
          >
            {t('step.request')}
          </Anchor>
        )}
      </Group>
      {step.reasoning !== '' && (
        <details className={classes['more']}>
          <summary>{t('step.reasoning')}</summary>
          <Text fz="sm" c="dimmed" className={classes['text'] ?? ''}>
            {step.reasoning}
          </Text>
        </details>
      )}
      {step.content !== '' && (
        <Text fz="sm" className={classes['text'] ?? ''}>
          {step.content}
        </Text>
      )}
      {step.toolCalls.length > 0 && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('step.calls', { tools: step.toolCalls.map((call) => call.name).join(', ') })}
        </Text>
      )}
      <FailureView failure={step.failure} />
    </>
  );
}

/** One call of a tool: its arguments and what it answered. */
export function ToolStepView({ step }: { readonly step: ToolStep }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  return (
    <>
      <Group gap={10} mb={6}>
        <Text fz="sm" fw={600} ff="monospace">
          {step.name}
        </Text>
        {step.durationMs !== undefined && (
          <Text fz="xs" c="dimmed">
            {format.duration(step.durationMs)}
          </Text>
        )}
      </Group>
      <div className={classes['exchange']}>
        <CodeBlock label={t('step.arguments')} text={pretty(step.arguments)} />
        {step.result !== undefined && <CodeBlock label={t('step.result')} text={pretty(step.result)} />}
      </div>
      <FailureView failure={step.failure} />
    </>
  );
}

function CodeBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className={classes['block']}>
      <Text fz="xs" c="dimmed" fw={550} px={12} pt={8}>
        {label}
      </Text>
      {/* Long answers scroll; the keyboard reaches them as a region. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes['code']} tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </div>
  );
}

function FailureView({ failure }: { readonly failure: Failure | undefined }) {
  const { t } = useTranslation('runs');
  if (failure === undefined) {
    return null;
  }
  return (
    <div className={classes['failure']}>
      <Text fz="sm">{failure.detail}</Text>
      <Text fz="xs" c="dimmed">
        <code>{failure.reason}</code> {failure.retrying && t('step.retrying')}
      </Text>
    </div>
  );
}

/** JSON laid out for reading; other text as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
