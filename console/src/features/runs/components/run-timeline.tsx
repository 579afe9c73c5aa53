import { Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck, IconMessage, IconSparkles, IconTool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Markdown } from '@/components/markdown';
import type { RunScope } from '@/features/runs/api/runs';
import type { ModelStep, RunEnd, Timeline, ToolStep } from '@/features/runs/api/timeline';
import { ModelStepView, ToolStepView } from '@/features/runs/components/step-views';
import classes from '@/features/runs/components/run-timeline.module.css';

/** The tone of a point on the timeline. */
type Tone = 'plain' | 'good' | 'busy' | 'bad';

interface RunTimelineProps {
  readonly timeline: Timeline;
  readonly scope: RunScope;
}

/** What happened in a run, from the question to the end. */
export function RunTimeline({ timeline, scope }: RunTimelineProps) {
  const { t } = useTranslation('runs');
  return (
    <ol className={classes['timeline']} aria-label={t('timeline.label')} aria-live="polite" aria-relevant="additions">
      {timeline.input.map((message, index) => (
        <Point key={`input-${String(index)}`} tone="plain" icon={<IconMessage size={15} />}>
          <Text fz="xs" c="dimmed" fw={550}>
            {message.role === 'assistant' ? t('timeline.assistant') : t('timeline.user')}
          </Text>
          <Text fz="sm" className={classes['text'] ?? ''}>
            {message.content}
          </Text>
        </Point>
      ))}
      {timeline.steps.map((step, index) => (
        <Step key={index} step={step} ended={timeline.end !== undefined} scope={scope} />
      ))}
      {timeline.end !== undefined && <End end={timeline.end} />}
    </ol>
  );
}

interface StepProps {
  readonly step: ModelStep | ToolStep;
  /** A step without an end in a run that has ended was cut off. */
  readonly ended: boolean;
  readonly scope: RunScope;
}

function Step({ step, ended, scope }: StepProps) {
  const open = !ended && isUnderWay(step);
  const tone: Tone = step.failure !== undefined ? 'bad' : open ? 'busy' : 'plain';
  const icon = step.kind === 'model' ? <IconSparkles size={15} /> : <IconTool size={15} />;
  return (
    <Point tone={tone} icon={open ? <Loader size={14} color="blue" /> : icon}>
      {step.kind === 'model' ? <ModelStepView step={step} scope={scope} /> : <ToolStepView step={step} />}
    </Point>
  );
}

function isUnderWay(step: ModelStep | ToolStep): boolean {
  if (step.failure !== undefined) {
    return false;
  }
  return step.kind === 'model' ? step.endTime === undefined : step.result === undefined;
}

function End({ end }: { readonly end: RunEnd }) {
  const { t } = useTranslation('runs');
  switch (end.kind) {
    case 'completed':
      return (
        <Point tone="good" icon={<IconCheck size={15} />}>
          <Text fz="xs" c="dimmed" fw={550} mb={4}>
            {t('timeline.answer')}
          </Text>
          <div className={classes['answer']}>
            <Markdown text={end.output} />
          </div>
        </Point>
      );
    case 'failed':
      return (
        <Point tone="bad" icon={<IconAlertTriangle size={15} />}>
          <Text fz="sm" fw={600}>
            {t('timeline.failed')}
          </Text>
          <Text fz="sm">{end.failure.detail}</Text>
          <Text fz="xs" c="dimmed" ff="monospace">
            {end.failure.reason}
          </Text>
        </Point>
      );
    case 'cancelled':
      return (
        <Point tone="plain" icon={<IconBan size={15} />}>
          <Text fz="sm" fw={600}>
            {t('timeline.cancelled')}
          </Text>
          <Text fz="xs" c="dimmed" ff="monospace">
            {end.by}
          </Text>
        </Point>
      );
  }
}

interface PointProps {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

function Point({ tone, icon, children }: PointProps) {
  return (
    <li className={classes['point']} data-tone={tone}>
      <span className={classes['bullet']} aria-hidden>
        {icon}
      </span>
      <div className={classes['content']}>{children}</div>
    </li>
  );
}
