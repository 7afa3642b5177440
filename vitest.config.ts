// Vitest: engine, kernel, platform and module tests. Browser journeys (*.journey.ts) are run by tools/test.mjs.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{engines,formats,kernel,platform,modules,server,cli,demo,tools,ui,web}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 3,
    // A worker keeps what it has loaded and compiled for its next file; each file has an application and a database of its own.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    setupFiles: ['platform/testing/seed.ts'],
    globalSetup: ['platform/testing/global-setup.ts'],
  },
})
