import { useRef } from 'react';

const BYTES = 16;

/** A random id; made of bytes, since `crypto.randomUUID` is missing where the console is served without TLS. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}

/**
 * Gives a create its request id: the same while the same content is sent again, as after an answer that was lost, so
 * that the platform does the work once; another as soon as the content differs.
 */
export function useRequestId(): (content: unknown) => string {
  const last = useRef<{ content: string; id: string } | undefined>(undefined);
  return (content) => {
    const text = JSON.stringify(content);
    if (last.current?.content !== text) {
      last.current = { content: text, id: randomId() };
    }
    return last.current.id;
  };
}
