import { diffLines } from 'diff';
import { useTranslation } from 'react-i18next';
import classes from '@/components/line-diff.module.css';

interface LineDiffProps {
  readonly before: string;
  readonly after: string;
}

interface Line {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

const SIGNS = { same: ' ', added: '+', removed: '−' };

/** What differs between two texts, line by line. */
export function LineDiff({ before, after }: LineDiffProps) {
  const { t } = useTranslation('components');
  const lines = linesOf(before, after);
  if (lines.every((line) => line.kind === 'same')) {
    return <p>{t('diff.same')}</p>;
  }
  return (
    // Wide lines scroll; the keyboard reaches them as a region.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={classes['diff']} tabIndex={0} aria-label={t('diff.label')}>
      {lines.map((line, index) => (
        <span key={index} className={classes['line']} data-kind={line.kind}>
          <span className={classes['sign']} aria-hidden={line.kind === 'same'}>
            {SIGNS[line.kind]}
          </span>
          {line.text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

function linesOf(before: string, after: string): Line[] {
  return diffLines(before, after).flatMap((part) => {
    const kind = part.added ? 'added' : part.removed ? 'removed' : 'same';
    return part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): Line => ({ kind, text }));
  });
}
