import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney, formatMoneyExactly } from '@/lib/format/money';
import { formatCompact, formatCount, formatShare } from '@/lib/format/number';
import { formatDay, formatDuration, formatInstant, formatMoment, formatRelative } from '@/lib/format/time';

/** The formats in the language that is shown. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(
    () => ({
      money: (micro: bigint) => formatMoney(micro, language),
      moneyExactly: (micro: bigint) => formatMoneyExactly(micro, language),
      count: (value: number) => formatCount(value, language),
      compact: (value: number) => formatCompact(value, language),
      share: (part: number, whole: number) => formatShare(part, whole, language),
      moment: (moment: Date, zone?: string) => formatMoment(moment, language, zone),
      day: (moment: Date) => formatDay(moment, language),
      instant: (moment: Date, zone?: string) => formatInstant(moment, language, zone),
      relative: (moment: Date, now: Date) => formatRelative(moment, now, language),
      duration: (milliseconds: number) => formatDuration(milliseconds, language),
    }),
    [language],
  );
}
