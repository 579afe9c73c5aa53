import classes from '@/components/state-badge.module.css';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

interface StateBadgeProps {
  readonly tone: Tone;
  readonly label: string;
}

/** The state of a thing: a word with a dot whose colour says how well it is. */
export function StateBadge({ tone, label }: StateBadgeProps) {
  return (
    <span className={classes['badge']} data-tone={tone}>
      <span className={classes['dot']} aria-hidden />
      {label}
    </span>
  );
}
