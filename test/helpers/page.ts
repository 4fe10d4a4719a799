import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { simulatedToken } from '../../electron/simulator/generic-provider.ts'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { openBrowser } from './browser.ts'
import { startHeadless, type Headless, type HeadlessOptions } from './start-headless.ts'

/** A workbench of its own behind a page in a real browser. */
export interface Opened {
  host: Headless
  browser: Browser
  page: Page
  /** What the page complained about: script errors and refused resources. */
  complaints: string[]
  /** A second window on the same workbench, signed in by its token. */
  another(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

// A page that does not answer within this is broken, not slow.
const patience = 15_000

export async function openPage(
  options: BrowserContextOptions = {},
  hosted: HeadlessOptions = {},
): Promise<Opened> {
  const host = await startHeadless(hosted)
  const browser = await openBrowser()
  const complaints: string[] = []
  const another = async (wished: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      ...wished,
    })
    context.setDefaultTimeout(patience)
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
    await page.goto(host.address)
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    return page
  }
  const page = await another(options)
  const close = async () => {
    await browser.close()
    await host.remove()
  }
  return { host, browser, page, complaints, another, close }
}

/** Starts the simulator and answers with the address at which its generic provider takes messages. */
export async function startSimulator(host: Headless): Promise<string> {
  const started = await host.call('simulator.start')
  if (!started.ok) throw new Error(started.error.message)
  return `${started.value.address}${genericSimulatorPath}`
}

/** Fills the form of a new provider that points at the simulator. */
export async function fillProvider(
  page: Page,
  name: string,
  endpoint: string,
  token = simulatedToken,
): Promise<void> {
  await page.goto(new URL('/providers/new/generic', page.url()).href)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('textbox', { name: 'Endpoint', exact: true }).fill(endpoint)
  await page.getByRole('radiogroup', { name: 'Authentication' }).getByText('Bearer token').click()
  await page.getByLabel('Token', { exact: true }).fill(token)
}

/** Opens the form's own Send Test SMS part and sends to a number. */
export async function sendFromForm(page: Page, to: string): Promise<void> {
  const part = page.getByRole('region', { name: 'Send Test SMS' })
  if ((await part.count()) === 0) await page.getByRole('button', { name: 'Send Test SMS' }).last().click()
  await part.getByLabel('To', { exact: true }).fill(to)
  await part.getByRole('button', { name: 'Send', exact: true }).click()
}
