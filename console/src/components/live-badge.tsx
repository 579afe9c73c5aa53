import { useTranslation } from 'react-i18next';
import classes from '@/components/live-badge.module.css';
import type { FollowState } from '@/lib/sse/follow';

/** Whether what is shown follows the platform: live, connecting again, or ended. */
export function LiveBadge({ state }: { readonly state: FollowState }) {
  const { t } = useTranslation('components');
  return (
    <span className={classes['badge']} data-state={state} role="status">
      <span className={classes['dot']} aria-hidden />
      {t(`live.${state}`)}
    </span>
  );
}
