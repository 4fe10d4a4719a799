import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillProvider, openPage, sendFromForm, startSimulator, type Opened } from '../helpers/page.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
  const endpoint = await startSimulator(opened.host)
  await fillProvider(opened.page, 'Gateway', endpoint)
})
afterAll(() => opened.close())

test.each([
  ['+15005550002', 'Misconfigured', 'The provider refused the credentials (401)'],
  ['+15005550003', 'Misconfigured', 'The account has no credit (402)'],
  ['+15005550007', 'Unavailable', 'Too many requests (429)'],
  ['+15005550008', 'Unknown', 'The provider failed (500)'],
  ['+15005550010', 'Unknown', 'The connection broke before an answer came'],
])('%s gives the verdict %s: %s', async (number, word, title) => {
  const { page } = opened
  await sendFromForm(page, number)
  const result = page.getByRole('region', { name: 'Result' })
  await result.getByText(title).waitFor()
  await result.getByText(word, { exact: true }).waitFor()
})

test('what may arrive all the same is said so', async () => {
  await opened.page
    .getByRole('region', { name: 'Result' })
    .getByText('The message may still arrive')
    .waitFor()
})

test('a send that hangs shows its phase, and Cancel ends it', async () => {
  const { page } = opened
  await sendFromForm(page, '+15005550009')
  await page.getByRole('status').getByText('Waiting for the answer').waitFor()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page
    .getByRole('region', { name: 'Result' })
    .getByText('Cancelled after the request went out')
    .waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
})

test('numbers and texts are read as they are typed', async () => {
  const { page } = opened
  const part = page.getByRole('region', { name: 'Send Test SMS' })
  await part.getByLabel('To', { exact: true }).fill('12')
  await part.getByRole('button', { name: 'Send', exact: true }).click()
  await part.getByText('Start with + and the country code, or choose a country.').waitFor()

  await part.getByRole('combobox', { name: 'Country' }).fill('Germany')
  await part.getByRole('option', { name: /Germany/ }).click()
  await part.getByLabel('To', { exact: true }).fill('01511 2345678')
  await part.getByText('+4915112345678, Germany').waitFor()

  await part.getByLabel('Text', { exact: true }).fill('It’s here')
  await part.getByText('“’” (U+2019)').waitFor()
  await part.getByText('UCS-2').waitFor()
  expect(await part.innerText()).toContain('61 characters left')
})

test('a custom placeholder is asked for, and mandatory', async () => {
  const { page } = opened
  await page.getByRole('textbox', { name: 'Parameter 2 value' }).fill('$$Body $$code')
  const part = page.getByRole('region', { name: 'Send Test SMS' })
  await part.getByRole('button', { name: 'Send', exact: true }).click()
  await part.getByText('Enter a value for $$code.').waitFor()
  await part.getByLabel('$$code').fill('4711')
  await part.getByLabel('To', { exact: true }).fill('+15005550006')
  await page.keyboard.press('Control+Enter')
  const result = page.getByRole('region', { name: 'Result' })
  await result.getByText('The provider accepted the message').waitFor()
  await result.getByRole('tab', { name: 'Request' }).click()
  await result.getByText('4711').waitFor()
})

test('Send Test SMS from the top bar starts with the default provider and what was sent last', async () => {
  const { page, host } = opened
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Provider saved').waitFor()
  await page.goto(`${host.origin}/simulator`)
  await page.getByRole('button', { name: 'Send Test SMS' }).click()
  const drawer = page.getByRole('dialog', { name: 'Send Test SMS' })
  await drawer.getByLabel('$$code').fill('1')
  expect(await drawer.getByRole('combobox', { name: 'Provider or group' }).inputValue()).toBe('Gateway')
  expect(await drawer.getByLabel('To', { exact: true }).inputValue()).toBe('+15005550006')
  await drawer.getByRole('button', { name: 'Send', exact: true }).click()
  await drawer.getByText('The provider accepted the message').waitFor()
  await page.goBack()
  await drawer.waitFor({ state: 'detached' })
})
