import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, UNREACHABLE } from '@/lib/api/problem';

/** What happened, in the reader's language where the reason is known to the console, else in the platform's words. */
export function problemText(problem: Problem, t: TFunction<'components'>): string {
  if (problem.reason === UNREACHABLE) {
    return t('problem.unreachable');
  }
  const reason = `reason.${problem.reason}`;
  const known: string = t(reason as 'problem.unreachable', { defaultValue: '' });
  return known || problem.detail || problem.title || t('problem.status', { status: problem.status });
}

export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation('components');
  return useCallback((problem) => problemText(problem, t), [t]);
}
