import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, type Opened } from '../helpers/page.ts'
import { startHeadless, type Headless } from '../helpers/start-headless.ts'

const passphrase = 'correct horse battery'
let opened: Opened
let running: Headless
let folder: string
beforeAll(async () => {
  opened = await openPage()
  running = opened.host
  folder = running.folder
  const tour = await running.call('tour.start')
  if (!tour.ok) throw new Error(tour.error.message)
})
afterAll(async () => {
  await running.stop()
  await opened.close()
})

async function restart(): Promise<void> {
  running = await startHeadless({ folder, port: opened.host.port })
}

test('secrets are protected with a passphrase, typed twice', async () => {
  const { page } = opened
  await page.goto(`${running.origin}/settings`)
  await page.getByRole('button', { name: 'Protect with passphrase' }).click()
  await page.getByLabel('New passphrase').fill('short')
  await page.getByRole('button', { name: 'Protect', exact: true }).click()
  await page.getByText('Use at least 8 characters.').waitFor()
  await page.getByLabel('New passphrase').fill(passphrase)
  await page.getByLabel('Passphrase again').fill(`${passphrase}r`)
  await page.getByText('The two are not the same.').waitFor()
  await page.getByLabel('Passphrase again').fill(passphrase)
  await page.getByRole('button', { name: 'Protect', exact: true }).click()
  await page.getByRole('button', { name: 'Remove passphrase' }).waitFor()
})

test('a stopped workbench is told in a banner that goes by itself, and the locked vault asks', async () => {
  const { page } = opened
  await running.stop()
  const banner = page.getByText('Connection lost, trying again')
  await banner.waitFor()
  await restart()
  await banner.waitFor({ state: 'detached' })

  const form = page.getByRole('form', { name: 'Unlock secrets' })
  await form.getByLabel('Passphrase').fill('not the passphrase')
  await form.getByRole('button', { name: 'Unlock' }).click()
  await form.getByText('That is not the passphrase').waitFor()
  await form.getByLabel('Passphrase').fill(passphrase)
  await form.getByRole('button', { name: 'Unlock' }).click()
  await form.waitFor({ state: 'detached' })
})

test('a forgotten passphrase costs the secrets, after a question, and Settings lists them', async () => {
  const { page } = opened
  await running.stop()
  await restart()
  await page.goto(`${running.origin}/settings`)
  await page.getByRole('button', { name: 'Forgotten?' }).click()
  await page.getByRole('button', { name: 'Give up the secrets' }).click()
  await page.getByText('Their key is lost').waitFor()
  await page.getByRole('link', { name: 'Simulated provider' }).click()
  await page
    .getByText(/enter(ed)? (it )?again/i)
    .first()
    .waitFor()
})

test('a damaged store offers its newest backup, and comes back from it', async () => {
  const { page } = opened
  const backedUp = await running.call('store.backup')
  expect(backedUp.ok).toBe(true)
  await running.stop()
  await writeFile(join(folder, 'workbench.sqlite'), 'not a database '.repeat(1000))
  await restart()
  await page.goto(running.address)

  await page.getByRole('heading', { name: 'The store is damaged' }).waitFor()
  await page.getByText(`kept aside in ${folder}`).waitFor()
  await page.getByText('1 provider · 1 message').first().waitFor()
  await page.getByRole('button', { name: 'Restore this backup' }).first().click()
  await page.getByRole('row', { name: /Simulated provider/ }).waitFor()
})
