import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let providerId: string
let messageId: string
beforeAll(async () => {
  opened = await openPage()
  const tour = await opened.host.call('tour.start')
  if (!tour.ok) throw new Error(tour.error.message)
  ;({ providerId, messageId } = tour.value)
})
afterAll(() => opened.close())

const pages: [name: string, path: () => string, ready: (page: Page) => Promise<void>][] = [
  ['Providers', () => '/providers', (page) => page.getByRole('row', { name: /Simulated/ }).waitFor()],
  [
    'a provider',
    () => `/providers/${providerId}`,
    (page) => page.getByRole('dialog').getByRole('region', { name: 'Settings' }).waitFor(),
  ],
  [
    'a new provider',
    () => '/providers/new/generic',
    (page) => page.getByRole('dialog').getByRole('region', { name: 'Settings' }).waitFor(),
  ],
  [
    'Import from cURL',
    () => '/providers/import',
    async (page) => {
      const command = 'curl https://a.example/send -u ann:pw -k -s -d to=1 -d zz=+447700900123'
      await page.getByLabel('The vendor’s sample command').fill(command)
      await page.getByRole('region', { name: 'Choose' }).waitFor()
    },
  ],
  ['Messages', () => '/messages', (page) => page.getByRole('row', { name: /Hello/ }).waitFor()],
  [
    'a message',
    () => `/messages/${messageId}`,
    (page) => page.getByRole('region', { name: 'Result' }).waitFor(),
  ],
  [
    'Send Test SMS',
    () => '/messages?send=default',
    (page) => page.getByRole('dialog').getByLabel('Text').waitFor(),
  ],
  ['Simulator', () => '/simulator', (page) => page.getByRole('row', { name: /Hello/ }).waitFor()],
  ['Settings', () => '/settings', (page) => page.getByRole('heading', { name: 'Secrets' }).waitFor()],
  ['Help', () => '/help', (page) => page.getByRole('heading', { name: 'Log' }).waitFor()],
]

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each(pages)('%s keeps the rules of WCAG 2.2 AA', async (_name, path, ready) => {
    const { page, host } = opened
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(host.origin + path())
    await ready(page)
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
