/**
 * Makes the README's picture, and with `--all FOLDER` one of every page, light and dark, at both sizes, to be looked at.
 * It drives the built headless host in a browser, in a workspace of its own.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { ensureBuilt } from '../electron/launch/build.ts'
import { openBrowser } from './helpers/browser.ts'
import { startHeadless, type Headless } from './helpers/start-headless.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1000, height: 700 },
]
const themes = ['light', 'dark'] as const

await ensureBuilt(() => process.stderr.write('Building…\n'))
const started = await startHeadless()
const opened = await openBrowser()
const [flag, target] = process.argv.slice(2)
try {
  const tour = await started.call('tour.start')
  if (!tour.ok) throw new Error(tour.error.message)
  if (flag === '--all' && target) await shootAll(opened, started, target, tour.value)
  else await shootForReadme(opened, started, tour.value.messageId)
} finally {
  await opened.close()
  await started.remove()
}

async function shootForReadme(browser: Browser, host: Headless, messageId: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
  await page.goto(host.address)
  await page.getByRole('row', { name: /Simulated/ }).waitFor()
  await page.goto(`${host.origin}/messages/${messageId}`)
  await page.getByRole('region', { name: 'Result' }).waitFor()
  await page.screenshot({ path: join(import.meta.dirname, '../docs/screenshot.png') })
}

async function shootAll(
  browser: Browser,
  host: Headless,
  folder: string,
  { providerId, messageId }: { providerId: string; messageId: string },
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const pages: Record<string, string> = {
    providers: '/providers',
    provider: `/providers/${providerId}`,
    'new-provider': '/providers/new',
    send: '/messages?send=default',
    messages: '/messages',
    message: `/messages/${messageId}`,
    simulator: '/simulator',
    settings: '/settings',
    help: '/help',
  }
  for (const viewport of sizes) {
    for (const colorScheme of themes) {
      const page = await browser.newPage({ viewport, colorScheme })
      await page.goto(host.address)
      await page.getByRole('navigation').first().waitFor()
      for (const [name, path] of Object.entries(pages)) {
        await shoot(
          page,
          `${host.origin}${path}`,
          join(folder, `${name}-${colorScheme}-${viewport.width}.png`),
        )
      }
      await page.close()
    }
  }
}

async function shoot(page: Page, address: string, path: string): Promise<void> {
  await page.goto(address, { waitUntil: 'load' })
  await page.getByRole('main').waitFor()
  // The page holds an event stream open, so "network idle" never comes; fonts and two frames are what is left to wait for.
  await page.evaluate(() =>
    document.fonts.ready.then(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    ),
  )
  await page.screenshot({ path })
}
