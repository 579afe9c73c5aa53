import { useTranslation } from 'react-i18next';
import { StateBadge, type Tone } from '@/components/state-badge';
import { type ObservedState, STATES } from '@/features/deployments/api/deployments';

const TONES: Record<ObservedState, Tone> = {
  OBSERVED_STATE_STOPPED: 'idle',
  OBSERVED_STATE_STARTING: 'busy',
  OBSERVED_STATE_READY: 'good',
  OBSERVED_STATE_UNHEALTHY: 'bad',
  OBSERVED_STATE_STOPPING: 'busy',
  OBSERVED_STATE_BACKING_OFF: 'warn',
};

/** What a deployment or a replica is doing. */
export function ObservedStateBadge({ state }: { readonly state: string | undefined }) {
  const { t } = useTranslation('deployments');
  const known = STATES.find((one) => one === state);
  return known === undefined ? (
    <StateBadge tone="idle" label="–" />
  ) : (
    <StateBadge tone={TONES[known]} label={t(`state.${known}`)} />
  );
}
