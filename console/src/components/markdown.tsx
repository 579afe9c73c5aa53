import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CopyButton } from '@/components/copy-button';
import classes from '@/components/markdown.module.css';

const PLUGINS = [remarkGfm];

/**
 * How a model's words are shown. A model's text is not trusted: no markup of its own is rendered, pictures are not
 * fetched (their address could carry out what was said), and links open apart and tell nothing of where they were.
 */
const PARTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ alt, src }) => <span>{alt ?? (typeof src === 'string' ? src : '')}</span>,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
};

/** A text in Markdown, as models write it. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={classes['markdown']}>
      <ReactMarkdown remarkPlugins={PLUGINS} components={PARTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

function CodeBlock({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes['code']}>
      <pre>{children}</pre>
      <span className={classes['copy']}>
        <CopyButton value={textOf(children)} />
      </span>
    </div>
  );
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string') {
    return node;
  }
  if (Array.isArray(node)) {
    return node.map((child: ReactNode) => textOf(child)).join('');
  }
  const hasChildren = typeof node === 'object' && node !== null && 'props' in node;
  return hasChildren ? textOf((node.props as { children?: ReactNode }).children) : '';
}
