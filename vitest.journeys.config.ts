// Vitest for browser journeys (*.journey.ts): a real Chromium, a real server, a real PostgreSQL, the built web app.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{modules,platform,server,ui,web,demo}/**/*.journey.ts'],
    pool: 'forks',
    maxWorkers: 3,
    isolate: false,
    testTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 180_000,
    globalSetup: ['platform/testing/global-setup.ts'],
  },
})
