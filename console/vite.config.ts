import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const platform = process.env['EXAONE_BASE_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2023',
    // The gateway's content security policy allows no data: scripts and no inline code.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // A few larger files that change only with a library, instead of many small ones at each page.
        codeSplitting: {
          groups: [
            {
              name: 'charts',
              test: /node_modules\/(@mantine\/charts|recharts|victory-vendor|d3-|es-toolkit|@reduxjs|react-redux)/,
            },
            { name: 'dates', test: /node_modules\/(@mantine\/dates|dayjs)/ },
            {
              name: 'markdown',
              test: /node_modules\/(react-markdown|remark|micromark|mdast|hast|unist|unified|vfile)/,
            },
            { name: 'kit', test: /node_modules\/(@mantine|@floating-ui|react-remove-scroll|react-textarea|@tabler)/ },
            { name: 'vendor', test: /node_modules/ },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 700,
  },
  server: {
    // Development against a running platform: sign-in happens there, so its paths are proxied too.
    proxy: Object.fromEntries(['/api', '/v1', '/signin', '/signout', '/auth'].map((path) => [path, platform])),
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    // Whoever reads is elsewhere than the tenants, so that a page that took the browser's days for theirs is found out.
    env: { TZ: 'America/Los_Angeles' },
    setupFiles: ['src/testing/setup.ts'],
    environmentOptions: { happyDOM: { url: 'http://console.test/console/' } },
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
