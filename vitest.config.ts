import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Tests of the hosts start real processes; a machine with few cores needs room to finish them.
const patience = { testTimeout: 60_000, hookTimeout: 120_000 }

// These start the built hosts as processes, so they come with a build that the other unit tests do not need.
const hosts = ['test/electron/{headless,cli,launch}/**/*.test.ts']
const buildOnce = resolve(import.meta.dirname, 'test/helpers/build-once.ts')

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          include: ['test/{shared,electron,renderer,walls,catalogue}/**/*.test.ts'],
          exclude: hosts,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      { test: { name: 'hosts', include: hosts, ...patience, globalSetup: [buildOnce] } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/*.test.ts'],
          ...patience,
          // One browser at a time: pages are timed by what shows, and two browsers on two cores only slow each other.
          fileParallelism: false,
          globalSetup: [buildOnce],
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['test/e2e/desktop/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          globalSetup: [resolve(import.meta.dirname, 'test/e2e/desktop/package-app.ts')],
        },
      },
    ],
  },
})
