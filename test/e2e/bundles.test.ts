import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract.ts'
import { simulatedToken } from '../../electron/simulator/generic-provider.ts'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { testMapping } from '../helpers/callbacks.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { openPage, startSimulator, type Opened } from '../helpers/page.ts'
import { openInBrowser } from '../helpers/second-host.ts'
import type { Headless } from '../helpers/start-headless.ts'

const name = 'Acme <b>SMS</b>'
const number = '+14155550123'
const text = 'Your code is 4711, Zoë'

let here: Opened
let there: { host: Headless; page: Page; close(): Promise<void> }
let messageId: string
let file: string
beforeAll(async () => {
  here = await openPage()
  there = await openInBrowser(here.browser)
  messageId = await sentAndHeardOf(here.host)
})
afterAll(async () => {
  await there.close()
  await here.close()
})

async function call<Name extends CommandName>(
  host: Headless,
  command: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  const outcome = await host.call(command, ...([input] as never))
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

/** A message that the simulator took, with a receipt for it. */
async function sentAndHeardOf(host: Headless): Promise<string> {
  const provider = providerInput(
    {
      endpoint: await startSimulator(host),
      auth: { kind: 'bearer', token: '{{secret:token}}' },
      reading: { messageId: 'id', errorCode: '', errorText: '' },
      callbacks: testMapping,
    },
    { name, secrets: { token: simulatedToken } },
  )
  await call(host, 'providers.save', provider)
  const story = await call(host, 'messages.send', sendInput(provider.id, { text, to: number }))
  const body = JSON.stringify({ id: story.providerMessageId, to: number, status: 'DELIVRD' })
  const headers = [{ name: 'Content-Type', value: 'application/json' }]
  const crafted = { providerId: provider.id, method: 'POST', query: '', headers, body } as const
  await call(host, 'callbacks.craft', crafted)
  return story.id
}

const dialog = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title })
const at = (page: Page, path: string) => page.goto(new URL(path, page.url()).href)

describe('a bundle', () => {
  it('is looked at before it leaves, without secrets and, if one wishes, without numbers and texts', async () => {
    const { page } = here
    await at(page, `/messages/${messageId}`)
    await page.getByRole('button', { name: 'Export bundle…' }).click()
    const box = dialog(page, 'Export bundle')
    const look = box.getByLabel('The file')
    await look.getByText(text).waitFor()
    expect(await box.getByRole('region', { name: 'What leaves' }).innerText()).toContain(
      'Secrets are named and not held: token.',
    )
    await box.getByRole('checkbox', { name: /^Mask numbers/ }).check()
    await box.getByRole('checkbox', { name: /^Mask texts/ }).check()
    await look.getByText(text).waitFor({ state: 'hidden' })
    await box.getByText(/Others stand in for \d+ number/).waitFor()
    expect(await faultsInBothThemes(page)).toEqual([])
    const download = page.waitForEvent('download')
    await box.getByRole('button', { name: 'Save file' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toMatch(/\.smsbundle\.json$/)
    file = await saved.path()
    const written = await readFile(file, 'utf8')
    for (const hidden of [simulatedToken, '4155550123', '4711', 'Zoë']) expect(written).not.toContain(hidden)
  })

  it('is shown before it is opened elsewhere, and reads there as it did here', async () => {
    const { page } = there
    await at(page, '/messages/bundles')
    await page.getByRole('button', { name: 'Open a bundle…' }).click()
    const box = dialog(page, 'Open a bundle')
    await box.getByLabel('Bundle').setInputFiles({
      name: 'cut.json',
      mimeType: 'application/json',
      buffer: (await readFile(file)).subarray(0, 900),
    })
    await box.getByText('The file is not JSON').waitFor()
    await box.getByLabel('Bundle').setInputFiles({
      name: 'bytes.json',
      mimeType: 'application/json',
      buffer: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
    })
    await box.getByText('not text in UTF-8').waitFor()
    await box.getByLabel('Bundle').setInputFiles(file)
    const content = box.getByRole('region', { name: 'What is in it' })
    await content.getByText(name).waitFor()
    await content.getByText('Numbers and texts are not the real ones').waitFor()
    expect(await call(there.host, 'bundles.list', undefined)).toEqual([])
    expect(await faultsInBothThemes(page)).toEqual([])
    await box.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('complementary', { name: 'Message' }).getByText('From a bundle').waitFor()
    const story = page.getByRole('list', { name: 'Story' })
    await story.getByText(name, { exact: true }).first().waitFor()
    await story.getByRole('button', { name: 'As received' }).click()
    await story.getByText('It came from elsewhere.').waitFor()
    expect(await page.getByRole('button', { name: 'Reveal secrets' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Run again' }).count()).toBe(0)
    expect(await faultsInBothThemes(page)).toEqual([])
  })

  it('is replayed with the same verdict and receipt, side by side with what was recorded', async () => {
    const { page } = there
    await page.getByRole('button', { name: 'Replay', exact: true }).click()
    const box = dialog(page, 'Replay')
    await box.getByRole('button', { name: 'Replay', exact: true }).click()
    await page.getByRole('heading', { name: 'Compare' }).waitFor()
    const [bundle] = await call(there.host, 'bundles.list', undefined)
    const { later } = await call(there.host, 'messages.runs', { id: bundle?.id ?? '' })
    expect(later).toMatchObject([{ state: 'delivered', simulated: true, test: true }])
    // And the replay leads back to what it is one of.
    await at(page, `/messages/${later[0]?.id}`)
    const runs = page.getByRole('region', { name: 'Runs' })
    await runs.getByText('Another run of').waitFor()
    await runs.getByRole('link', { name: 'Compare' }).waitFor()
  })

  it('is listed, and goes when it is removed', async () => {
    const { page } = there
    await at(page, '/messages/bundles')
    const table = page.getByRole('table', { name: 'Bundles' })
    await table.getByText('Delivered').waitFor()
    expect(await faultsInBothThemes(page)).toEqual([])
    await table.getByRole('button', { name: /^Actions for/ }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('heading', { name: 'No bundle was opened' }).waitFor()
    expect(await faultsInBothThemes(page)).toEqual([])
    expect(here.complaints).toEqual([])
  })
})
