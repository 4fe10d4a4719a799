import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { addManyProviders } from '../helpers/many-providers.ts'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let ids: Record<string, string>
beforeAll(async () => {
  opened = await openPage()
  opened.page.on('dialog', (dialog) => void dialog.accept())
  ids = await addManyProviders(opened.host)
})
afterAll(() => opened.close())

const settings = (page: Page) => page.getByRole('region', { name: 'Settings' })
const openForm = async (page: Page, path: string) => {
  await page.goto(`${opened.host.origin}/providers/${path}`)
  await settings(page).waitFor()
}

test('an address says what its host waits for, and the preview too', async () => {
  const { page } = opened
  await openForm(page, 'new/infobip')
  const address = settings(page).getByRole('group', { name: 'Endpoint' })
  expect(await address.innerText()).toMatch(/^POST\s*https:\/\/\s*Base URL\s*\/sms\/3\/messages$/)
  await page.getByRole('button', { name: /^Request preview waits for Base URL$/ }).waitFor()
  await settings(page).getByRole('textbox', { name: 'Base URL' }).fill('abc.api.infobip.com')
  await address.getByText('https://abc.api.infobip.com/sms/3/messages').waitFor()
})

test('what goes together is marked alike', async () => {
  const { page } = opened
  await openForm(page, 'new/twilio')
  await settings(page).getByRole('textbox', { name: 'API key SID', exact: true }).waitFor()
})

test('the focus stays with its part when the preset is restored', async () => {
  const { page } = opened
  await openForm(page, 'new/vonage')
  const part = settings(page).getByRole('button', { name: /^How answers are read/ })
  await part.click()
  await settings(page).getByLabel('Status to').fill('250')
  await settings(page).getByRole('button', { name: 'Restore preset' }).press('Enter')
  await part.and(page.locator(':focus')).waitFor()
})

test('an archived provider of an unverified vendor advises nothing that cannot be done', async () => {
  const { page } = opened
  await openForm(page, ids['nimbus']!)
  const notice = settings(page).getByRole('region', { name: 'Unverified preset' })
  await notice.getByRole('listitem').first().waitFor()
  expect(await notice.innerText()).not.toContain('Send a test')
  expect(await settings(page).getByRole('button', { name: 'Reveal' }).isEnabled()).toBe(false)
})

test('a host of which a few letters would be left is not shown', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers`)
  const twilio = page.getByRole('row', { name: /Twilio, production/ })
  await twilio.waitFor()
  expect(await twilio.getByText('127.0.0.1').isVisible()).toBe(false)
  await page
    .getByRole('row', { name: /Exotel/ })
    .getByText('api.exotel.com')
    .waitFor()
})
