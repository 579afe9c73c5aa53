import { Text } from '@mantine/core';

/** The product's sign and name. */
export function Mark() {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 9 }}>
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="8" fill="#2f4bd8" />
        <path d="M9 10.5h14M9 16h9M9 21.5h14" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
        <circle cx="22.4" cy="16" r="1.9" fill="#9db0ff" />
      </svg>
      <Text component="span" fz="sm" fw={700} lts="0.02em" visibleFrom="sm">
        EXAONE
      </Text>
    </span>
  );
}
