import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, UNREACHABLE } from '@/lib/api/problem';

/** What is told about a failure: what happened, and the platform's own words where they say more. */
export interface ProblemText {
  readonly text: string;
  readonly detail: string | undefined;
}

/**
 * A failure in the reader's language.
 *
 * The platform writes English: for English readers its own words, which name the limit or the field, come first. For
 * others a known reason is translated and those words follow.
 */
export function problemText(problem: Problem, t: TFunction<'components'>, language: string): ProblemText {
  if (problem.reason === UNREACHABLE) {
    return { text: t('problem.unreachable'), detail: undefined };
  }
  const reason = `reason.${problem.reason}`;
  const known: string = t(reason as 'reason.INTERNAL', { defaultValue: '' });
  const own = problem.detail || problem.title;
  if (language === 'en' || known === '') {
    return { text: own || known || t('problem.status', { status: problem.status }), detail: undefined };
  }
  return { text: known, detail: own || undefined };
}

export function useProblemText(): (problem: Problem) => ProblemText {
  const { t, i18n } = useTranslation('components');
  return useCallback((problem) => problemText(problem, t, i18n.language), [t, i18n.language]);
}
