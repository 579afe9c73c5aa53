import { Avatar } from '@mantine/core';

const HANGUL_NAME = /^[\uAC00-\uD7A3]{2,5}$/;

/** The given name of a Korean name, which is its end; undefined leaves the initials to the kit. */
function shortOf(name: string): string | undefined {
  return HANGUL_NAME.test(name) ? name.slice(-2) : undefined;
}

/** A person as a sign; the name stands beside it or in a label. */
export function PersonAvatar({ name }: { readonly name: string }) {
  return (
    <Avatar size={30} name={name} color="ink" variant="light" aria-hidden>
      {shortOf(name)}
    </Avatar>
  );
}
