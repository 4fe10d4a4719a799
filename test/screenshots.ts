/**
 * Makes the README's picture, and with `--all FOLDER` one of every page, light and dark, at both sizes, to be looked at.
 * It drives the built headless host in a browser, in a workspace of its own.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { ensureBuilt } from '../electron/launch/build.ts'
import { openBrowser } from './helpers/browser.ts'
import { addManyProviders } from './helpers/many-providers.ts'
import { at, scenesWithMany, type Scene } from './helpers/scenes.ts'
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
  const scenes: Record<string, Scene> = {
    providers: at('/providers'),
    provider: at(`/providers/${providerId}`),
    'new-generic': at('/providers/new/generic'),
    groups: at('/groups'),
    'new-group': at('/groups/new?rehearse=on'),
    send: at('/messages?send=default'),
    messages: at('/messages'),
    message: at(`/messages/${messageId}`),
    simulator: at('/simulator'),
    settings: at('/settings'),
    help: at('/help'),
  }
  await shootScenes(browser, host, folder, scenes)
  await addManyProviders(host)
  await shootScenes(browser, host, folder, scenesWithMany)
}

async function shootScenes(
  browser: Browser,
  host: Headless,
  folder: string,
  scenes: Record<string, Scene>,
): Promise<void> {
  for (const viewport of sizes) {
    for (const colorScheme of themes) {
      const page = await browser.newPage({ viewport, colorScheme })
      // What one scene typed is left behind by the next.
      page.on('dialog', (dialog) => void dialog.accept())
      await page.goto(host.address)
      await page.getByRole('navigation').first().waitFor()
      for (const [name, scene] of Object.entries(scenes)) {
        await scene(page, host.origin)
        await shoot(page, join(folder, `${name}-${colorScheme}-${viewport.width}.png`))
      }
      await page.close()
    }
  }
}

async function shoot(page: Page, path: string): Promise<void> {
  await page.getByRole('main').waitFor()
  // The page holds an event stream open, so "network idle" never comes; fonts and two frames are what is left to wait for.
  await page.evaluate(() =>
    document.fonts.ready.then(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    ),
  )
  await page.screenshot({ path })
}
