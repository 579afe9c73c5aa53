import { useTranslation } from 'react-i18next';
import { StateBadge, type Tone } from '@/components/state-badge';
import { RUN_STATES, type RunState } from '@/features/runs/api/runs';

const TONES: Record<RunState, Tone> = {
  RUN_STATE_QUEUED: 'idle',
  RUN_STATE_RUNNING: 'busy',
  RUN_STATE_COMPLETED: 'good',
  RUN_STATE_FAILED: 'bad',
  RUN_STATE_CANCELLED: 'warn',
};

/** What a run is doing. */
export function RunStateBadge({ state }: { readonly state: string | undefined }) {
  const { t } = useTranslation('runs');
  const known = RUN_STATES.find((one) => one === state);
  return known === undefined ? (
    <StateBadge tone="idle" label="–" />
  ) : (
    <StateBadge tone={TONES[known]} label={t(`state.${known}`)} />
  );
}
