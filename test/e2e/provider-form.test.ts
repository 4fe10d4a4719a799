import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulatedToken } from '../../electron/simulator/generic-provider.ts'
import { fillProvider, openPage, sendFromForm, startSimulator, type Opened } from '../helpers/page.ts'

let opened: Opened
let endpoint: string
const token = simulatedToken
beforeAll(async () => {
  opened = await openPage()
  endpoint = await startSimulator(opened.host)
})
afterAll(() => opened.close())

test('a test before saving shows request, answer, timing and verdict, with the secret masked', async () => {
  const { page } = opened
  await fillProvider(page, 'Gateway', endpoint, token)
  await sendFromForm(page, '+15005550006')

  const result = page.getByRole('region', { name: 'Result' })
  await result.getByText('The provider accepted the message').waitFor()
  await result.getByText('201 Created').waitFor()
  await result.getByLabel('Response body').getByText('"status"').waitFor()

  await result.getByRole('tab', { name: 'Request' }).click()
  await result.getByText(endpoint).waitFor()
  await result.getByText('•••• token').waitFor()
  expect(await result.innerText()).not.toContain(token)
  expect(await result.innerText()).toContain('to=%2B15005550006')

  await result.getByRole('button', { name: 'Reveal secrets' }).click()
  await result.getByText(`Bearer ${token}`).waitFor()
  await result.getByRole('button', { name: 'Hide secrets' }).click()
  await result.getByText(`Bearer ${token}`).waitFor({ state: 'detached' })

  await result.getByRole('tab', { name: 'Timing' }).click()
  await result.getByLabel('Timing').getByText('Waiting').waitFor()
})

test('saved settings survive a reload; the secret is only said to be set, and revealed on request', async () => {
  const { page, host } = opened
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Provider saved').waitFor()
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)

  await page.reload()
  await page.getByRole('dialog', { name: 'Gateway' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Endpoint', exact: true }).inputValue()).toBe(endpoint)
  await page.getByLabel('Token is set').waitFor()
  expect(await page.content()).not.toContain(token)
  await page.getByRole('button', { name: 'Reveal' }).click()
  await page.getByText(token, { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Hide' }).click()

  const list = await host.call('messages.list', { providerId: null, before: null, limit: 10 })
  const [message] = list.ok ? list.value.messages : []
  expect(message?.providerName).toBe('Gateway')
  expect(page.url()).toContain(message?.providerId)
})

test('an edit is saved with the keyboard, and the old secret stays', async () => {
  const { page, host } = opened
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Gateway two')
  await page.keyboard.press('Control+s')
  await page.getByRole('dialog', { name: 'Gateway two' }).waitFor()
  const [provider] = await providers(host)
  expect(provider?.name).toBe('Gateway two')
  expect(provider?.missingSecrets).toEqual([])
})

test('leaving with changes asks, and Back counts as leaving', async () => {
  const { page } = opened
  const name = page.getByRole('textbox', { name: 'Name', exact: true })
  await name.fill('Never saved')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Keep editing' }).click()
  expect(await name.inputValue()).toBe('Never saved')

  await page.getByRole('button', { name: 'Close', exact: true }).last().click()
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('row', { name: /Gateway two/ }).waitFor()
})

test('wrong values are told at their fields', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers/new/generic`)
  await page.getByRole('textbox', { name: 'Endpoint', exact: true }).fill('api.example.com')
  await page.getByLabel('Status from').fill('99')
  await page.getByRole('button', { name: /^Connection/ }).click()
  await page.getByLabel('Connect', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Add header' }).click()
  await page.getByRole('textbox', { name: 'Header 1 name' }).fill('bad name')
  await page.getByRole('textbox', { name: 'Header 1 value' }).fill('x')
  await page.getByRole('button', { name: 'Save', exact: true }).click()

  expect(await described(page, 'Name')).toBe('Give the provider a name.')
  expect(await described(page, 'Endpoint')).toContain('Start with https://')
  await page.getByText('Enter 100 to 599.').waitFor()
  await page.getByText('Enter at least 50 ms.').waitFor()
  await page.getByText('A header name holds letters, digits and hyphens only.').waitFor()
  expect(await page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true')

  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Named')
  await page.getByText('Give the provider a name.').waitFor({ state: 'detached' })
})

test('a name that is taken comes back from the workbench to its field', async () => {
  const { page } = opened
  await fillProvider(page, 'Gateway two', endpoint, token)
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page
    .getByRole('textbox', { name: 'Name', exact: true })
    .and(page.locator('[aria-invalid="true"]'))
    .waitFor()
})

test('placeholders that are hardly meant are pointed out, and a credential in the open is proposed as a secret', async () => {
  const { page } = opened
  await page.getByRole('textbox', { name: 'Parameter 1 value' }).fill('$$to')
  const hints = page.getByRole('list', { name: 'Hints' })
  await page.getByText('Did you mean $$To?').waitFor()
  await hints.getByText('Nothing uses $$To').waitFor()

  const address = page.getByRole('textbox', { name: 'Endpoint', exact: true })
  await address.fill(`${endpoint}?apikey=abc123&x=1`)
  await page.getByRole('button', { name: 'Make it a secret' }).click()
  expect(await address.inputValue()).toBe(`${endpoint}?apikey={{secret:apikey}}&x=1`)
  expect(await page.getByLabel('Secret apikey').inputValue()).toBe('abc123')
})

async function providers(host: Opened['host']) {
  const answer = await host.call('providers.list')
  return answer.ok ? answer.value : []
}

/** The text that a field is described by, as a screen reader says it. */
async function described(page: Opened['page'], field: string): Promise<string> {
  const box = page.getByRole('textbox', { name: field, exact: true })
  const id = await box.getAttribute('aria-describedby')
  return page.locator(`[id="${id}"]`).innerText()
}
