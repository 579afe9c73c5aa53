import { Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/panel';
import { type NextStep, useNextSteps } from '@/features/home/api/next-steps';
import classes from '@/features/home/components/next-steps.module.css';
import type { ProjectScope } from '@/lib/session/scope';

/** The way from a first chat to using the platform in earnest; gone once all of it is done. */
export function NextSteps({ scope }: { readonly scope: ProjectScope }) {
  const { t } = useTranslation('home');
  const steps = useNextSteps(scope);
  const done = steps.filter((step) => step.done).length;
  if (steps.length === done) {
    return null;
  }
  return (
    <Panel title={t('steps.title')} description={t('steps.progress', { done, all: steps.length })} flush>
      <ol className={classes['steps']}>
        {steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
    </Panel>
  );
}

function Step({ step }: { readonly step: NextStep }) {
  const { t } = useTranslation('home');
  return (
    <li>
      <Link to={step.to} className={classes['step']} data-done={step.done}>
        <ThemeIcon
          size={22}
          radius="xl"
          variant={step.done ? 'filled' : 'default'}
          color="teal"
          aria-label={step.done ? t('steps.done') : t('steps.open')}
        >
          {step.done && <IconCheck size={14} stroke={2.4} />}
        </ThemeIcon>
        <span className={classes['words']}>
          <Text component="span" fz="sm" fw={550} display="block">
            {t(`step.${step.name}`)}
          </Text>
          <Text component="span" fz="xs" c="dimmed" display="block">
            {t(`stepHint.${step.name}`)}
          </Text>
        </span>
        <IconChevronRight size={16} aria-hidden />
      </Link>
    </li>
  );
}
