import type { ChangeEvent } from 'react';
import classes from '@/components/code-area.module.css';

interface CodeAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly readOnly?: boolean;
}

/** A field for code with numbered lines. The Tab key leaves it, as it leaves every field. */
export function CodeArea({ label, value, onChange, readOnly = false }: CodeAreaProps) {
  const lines = value.split('\n').length;
  return (
    <div className={classes['frame']}>
      <pre className={classes['gutter']} aria-hidden>
        {Array.from({ length: lines }, (_, index) => index + 1).join('\n')}
      </pre>
      <textarea
        className={classes['text']}
        aria-label={label}
        value={value}
        rows={lines}
        readOnly={readOnly}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        onChange={(event: ChangeEvent<HTMLTextAreaElement>) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
