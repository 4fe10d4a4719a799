import type { Browser, Page } from 'playwright-core'
import { startHeadless, type Headless } from './start-headless.ts'

/** A workbench on another workspace, in a window of a browser that is open already. */
export async function openInBrowser(
  browser: Browser,
): Promise<{ host: Headless; page: Page; close(): Promise<void> }> {
  const host = await startHeadless()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(host.address)
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
  return { host, page, close: () => host.remove() }
}
