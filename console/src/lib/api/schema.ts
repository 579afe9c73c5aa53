import type { components, Readable, Writable } from '@/generated/api';

/**
 * A message with every field as one that may be absent, all the way down: proto JSON leaves out absent messages, and
 * during an upgrade a page may meet a platform that does not know its newest field yet.
 */
export type Loose<T> = T extends readonly (infer E)[]
  ? readonly Loose<E>[]
  : T extends object
    ? { readonly [K in keyof T]?: Loose<T[K]> | undefined }
    : T;

/** A message of the platform's contract as it is answered, by its name. */
export type Schema<N extends keyof components['schemas']> = Loose<Readable<components['schemas'][N]>>;

/** The body of a change: only the fields that are present are changed. */
export function changes<N extends keyof components['schemas']>(
  fields: Partial<Writable<components['schemas'][N]>>,
): Writable<components['schemas'][N]> {
  return fields as Writable<components['schemas'][N]>;
}
