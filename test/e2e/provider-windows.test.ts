import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { storeFiles } from '../../electron/db/files/store-files.ts'
import { openPage, type Opened } from '../helpers/page.ts'
import { providerInput } from '../helpers/messages.ts'

let opened: Opened
let other: Page
let id: string

beforeAll(async () => {
  opened = await openPage()
  other = await opened.another()
})
afterAll(() => opened.close())

beforeEach(async () => {
  const input = providerInput({}, { name: `Shared ${crypto.randomUUID().slice(0, 8)}` })
  id = input.id
  await opened.host.call('providers.save', input)
  for (const page of [opened.page, other]) {
    page.removeAllListeners('dialog')
    page.on('dialog', (dialog) => void dialog.accept())
    await page.goto(`${opened.host.origin}/providers/${id}`)
    await name(page).waitFor()
  }
})

const name = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true })
const from = (page: Page) => page.getByRole('textbox', { name: 'From', exact: true })
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const notice = (page: Page) => page.getByRole('status', { name: 'Changed in another window' })
async function stored() {
  const answer = await opened.host.call('providers.get', { id })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

test('a form without changes follows what another window saves', async () => {
  await name(other).fill('Renamed elsewhere')
  await save(other)
  await opened.page.getByRole('dialog', { name: 'Renamed elsewhere' }).waitFor()
  expect(await name(opened.page).inputValue()).toBe('Renamed elsewhere')
  expect(await notice(opened.page).count()).toBe(0)
  expect(await notice(other).count()).toBe(0)
})

test('a form with changes is told at once, shows what differs, and replaces it when asked to', async () => {
  const { page } = opened
  await from(page).fill('MINE')
  await from(other).fill('THEIRS')
  await save(other)
  await notice(page).getByText('saved in another window').waitFor()
  await notice(page).getByRole('button', { name: 'Look at the saved version' }).click()
  await notice(page)
    .getByRole('row', { name: /From THEIRS MINE/ })
    .waitFor()

  // Refused, and the eye is led to why.
  await save(page)
  await notice(page).locator(':focus').waitFor()
  expect((await stored()).settings.from).toBe('THEIRS')

  await notice(page).getByRole('button', { name: 'Replace it' }).click()
  await notice(page).waitFor({ state: 'detached' })
  expect((await stored()).settings.from).toBe('MINE')
  await page.getByText('Not saved').waitFor({ state: 'detached' })
  // The other window had no changes left, so it follows.
  await expect.poll(() => from(other).inputValue(), { timeout: 15_000 }).toBe('MINE')
})

test('one’s own changes can be dropped for the saved ones', async () => {
  const { page } = opened
  await from(page).fill('MINE')
  await from(other).fill('THEIRS')
  await save(other)
  await notice(page).getByRole('button', { name: 'Discard mine' }).click()
  await notice(page).waitFor({ state: 'detached' })
  expect(await from(page).inputValue()).toBe('THEIRS')
  expect(await page.getByText('Not saved').count()).toBe(0)
})

test('marking as default elsewhere disturbs nobody', async () => {
  const { page, host } = opened
  await from(page).fill('MINE')
  await host.call('providers.setDefault', { id })
  await page.getByRole('dialog').getByText('Default', { exact: true }).waitFor()
  expect(await notice(page).count()).toBe(0)
  expect(await from(page).inputValue()).toBe('MINE')
  await save(page)
  await page.getByText('Provider saved').waitFor()
})

test('a provider that is gone is said to be gone, and can be made anew from what is typed', async () => {
  const { page, host } = opened
  await from(page).fill('MINE')
  // As a restored backup or another program would: the row is not there any more.
  const database = new Database(storeFiles(host.folder).main)
  database.prepare('DELETE FROM providers WHERE id = ?').run(id)
  database.close()
  await save(page)
  await notice(page).getByText('was deleted in another window').waitFor()
  await notice(page).getByRole('button', { name: 'Keep it as new' }).click()
  await save(page)
  await page.getByText('Provider saved').waitFor()
  expect((await stored()).settings.from).toBe('MINE')
})
