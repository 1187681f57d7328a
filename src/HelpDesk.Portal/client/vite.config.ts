import react from '@vitejs/plugin-react';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Chunks find each other relative to themselves, so the portal works below any path.
  base: './',
  plugins: [
    react(),
    { ...optimizeLocales.vite({ locales: ['en-US', 'de-DE'] }), enforce: 'pre' },
  ],
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    // Inlined files would be data: addresses, which the policy of the page refuses.
    assetsInlineLimit: 0,
    rollupOptions: { input: 'src/main.tsx' },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // Only what hangs takes so long, however busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
  },
});
