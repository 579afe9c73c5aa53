import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef1ff',
  '#dce2fd',
  '#b7c2f8',
  '#8fa0f2',
  '#6b81ec',
  '#4b64e4',
  '#3550dc',
  '#2b43c4',
  '#2438a3',
  '#1c2c82',
];

const gray: MantineColorsTuple = [
  '#f8f9fb',
  '#f1f3f6',
  '#e6e9ee',
  '#d5dae1',
  '#b6bdc8',
  '#8d96a5',
  '#677182',
  '#4a5363',
  '#2f3744',
  '#181d26',
];

const dark: MantineColorsTuple = [
  '#e4e7ec',
  '#b4bac5',
  '#8b93a1',
  '#626a79',
  '#3b424e',
  '#2a303a',
  '#20252e',
  '#171b22',
  '#11141a',
  '#0b0d11',
];

/** Inter carries Latin; Korean comes from the reader's own system, which draws it best. */
const sans = [
  "'Inter Variable'",
  '-apple-system',
  'BlinkMacSystemFont',
  "'Apple SD Gothic Neo'",
  "'Pretendard Variable'",
  "'Segoe UI'",
  "'Malgun Gothic'",
  "'Noto Sans KR'",
  "'Noto Sans CJK KR'",
  'sans-serif',
].join(', ');

const mono = [
  'ui-monospace',
  "'SF Mono'",
  'Menlo',
  "'Cascadia Mono'",
  'Consolas',
  "'D2Coding'",
  "'Liberation Mono'",
  "'Noto Sans Mono CJK KR'",
  'monospace',
].join(', ');

/** A dialog is gone at once: what it was about is gone too, and must not be seen shrinking. */
const DIALOG_MOTION = { duration: 140, exitDuration: 0 };

const DIALOG_TITLE = { fontWeight: 600, fontSize: '1.0625rem', color: 'var(--text-strong)' };

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 5 },
  autoContrast: true,
  colors: { ink, gray, dark },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.35' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right', allowDeselect: false } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, fz: 'xs' } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: DIALOG_MOTION,
      },
      styles: { title: DIALOG_TITLE },
    },
    Drawer: {
      defaultProps: { padding: 'lg', overlayProps: { backgroundOpacity: 0.4 }, transitionProps: DIALOG_MOTION },
      styles: { title: DIALOG_TITLE },
    },
    Menu: { defaultProps: { shadow: 'md', radius: 'md' } },
  },
});

/** The few colours of our own, named by their use, for both schemes. */
export const cssVariables: CSSVariablesResolver = (resolved) => ({
  variables: { '--ink': resolved.colors.ink?.[6] ?? '#3550dc' },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#181d26',
    '--mantine-color-dimmed': '#5b6575',
    '--mantine-color-placeholder': '#677182',
    '--mantine-color-default-border': '#dfe3e9',
    '--surface-sunken': '#f7f8fa',
    '--surface-raised': '#ffffff',
    '--surface-hover': '#f1f3f6',
    '--line': '#e6e9ee',
    '--text-strong': '#10141b',
    '--text-soft': '#5b6575',
    '--accent-soft': '#eef1ff',
    '--accent-text': '#2b43c4',
  },
  dark: {
    '--mantine-color-body': '#0f1217',
    '--mantine-color-text': '#dde1e8',
    '--mantine-color-dimmed': '#98a1b0',
    '--mantine-color-placeholder': '#98a1b0',
    '--mantine-color-default-border': '#2a303a',
    '--surface-sunken': '#0b0d11',
    '--surface-raised': '#151920',
    '--surface-hover': '#1b2029',
    '--line': '#232934',
    '--text-strong': '#f3f5f8',
    '--text-soft': '#98a1b0',
    // The kit's light variants are too dark for a dark page.
    '--mantine-color-ink-light': 'rgb(107 129 236 / 20%)',
    '--mantine-color-ink-light-hover': 'rgb(107 129 236 / 28%)',
    '--mantine-color-ink-light-color': '#b7c2f8',
    '--accent-soft': '#1a2147',
    '--accent-text': '#a9b7fb',
  },
});
