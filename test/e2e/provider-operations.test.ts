import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { providerInput } from '../helpers/messages.ts'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let page: Page
beforeAll(async () => {
  opened = await openPage({ acceptDownloads: true })
  page = opened.page
  for (const name of ['Alpha', 'Beta', 'Gamma']) {
    const settings = { auth: { kind: 'bearer', token: '{{secret:token}}' } } as const
    await opened.host.call(
      'providers.save',
      providerInput(settings, { name, secrets: { token: `${name} value` } }),
    )
  }
})
afterAll(async () => {
  expect(opened.complaints).toEqual([])
  await opened.close()
})

const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
const dialog = (name: string) => page.getByRole('dialog', { name })
const shot = async (name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}
async function choose(provider: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${provider}` }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

test('a provider is archived once all that stops has been said', async () => {
  await page.goto(`${opened.host.origin}/providers`)
  await row('Alpha').click({ button: 'right' })
  await page.getByRole('menu', { name: 'Actions for Alpha' }).waitFor()
  await shot('menu')
  await page.keyboard.press('Escape')
  await choose('Alpha', 'Archive')
  const asks = dialog('Archive provider')
  await asks.getByText('It is the default').waitFor()
  await shot('archive')
  await asks.getByRole('button', { name: 'Archive provider' }).click()
  await row('Alpha').waitFor({ state: 'detached' })
  await page.goto(`${opened.host.origin}/providers?send=default`)
  await dialog('Send Test SMS').waitFor()
  expect(await dialog('Send Test SMS').getByText('Alpha').count()).toBe(0)
  await page.goto(`${opened.host.origin}/providers`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Show archived (1)' }).click()
  await row('Alpha').getByText('Archived').waitFor()
  await shot('archived')
  await row('Alpha').click()
  await page.getByText('Archived: to be read only').waitFor()
  expect(await page.getByRole('textbox', { name: 'Name', exact: true }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0)
  await shot('archived-open')
})

test('a file carries a provider out and in again, with a choice where it clashes', async () => {
  await page.goto(`${opened.host.origin}/providers`)
  await choose('Beta', 'Export')
  const exports = dialog('Export Beta')
  await exports.getByRole('checkbox').check()
  const passphrase = exports.getByLabel('Passphrase', { exact: true })
  await passphrase.fill('short')
  await exports.getByRole('button', { name: 'Export' }).click()
  await exports.getByText('Use at least 8 characters.').waitFor()
  await passphrase.and(page.locator(':focus')).waitFor()
  await passphrase.fill('correct horse')
  await shot('export')
  const saved = page.waitForEvent('download')
  await exports.getByRole('button', { name: 'Export' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toMatch(/^Beta-.*\.json$/)
  const file = await download.path()
  expect(readFileSync(file, 'utf8')).not.toContain('Beta value')

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Import from a file' }).click()
  const imports = dialog('Import providers')
  await imports.getByLabel('File of providers').setInputFiles(file)
  const button = imports.getByRole('button', { name: 'Import', exact: true })
  await imports.getByLabel('Passphrase of the file').fill('wrong horse')
  expect(await button.isDisabled()).toBe(true)
  await imports.getByLabel('What to do with Beta').selectOption('both')
  await shot('import')
  await button.click()
  await imports.getByText('That is not the passphrase').waitFor()
  await imports.getByLabel('Passphrase of the file').fill('correct horse')
  await button.click()
  await imports.getByText('1 added.').waitFor()
  await imports.getByRole('button', { name: 'Close' }).click()
  await row('Beta \\(copy\\)').waitFor()
})

test('a provider is deleted by key, once its name is typed', async () => {
  await page.goto(`${opened.host.origin}/providers`)
  await row('Gamma').focus()
  await page.keyboard.press('Delete')
  const asks = dialog('Delete provider')
  await asks.getByText('No message goes with it.').waitFor()
  await asks.getByText('1 secret goes: token.').waitFor()
  const button = asks.getByRole('button', { name: 'Delete provider' })
  await asks.getByLabel('Type the provider’s name to confirm').fill('gamma')
  expect(await button.isDisabled()).toBe(true)
  await asks.getByLabel('Type the provider’s name to confirm').fill('Gamma')
  await shot('delete')
  await button.click()
  await row('Gamma').waitFor({ state: 'detached' })
  await asks.waitFor({ state: 'detached' })
})
