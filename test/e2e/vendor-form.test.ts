import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { openPage, sendFromForm, type Opened } from '../helpers/page.ts'
import { accountSid, authToken, box, fillTwilio, openForm, settings } from '../helpers/vendor-form.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
  // What is typed in one test is left behind by the next.
  opened.page.on('dialog', (dialog) => void dialog.accept())
})
afterAll(() => opened.close())

/** Puts a text on the clipboard's way into a field, as a paste of the reader's does. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.focus()
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    if (element.dispatchEvent(event)) document.execCommand('insertText', false, pasted)
  }, text)
}

test('a messy paste is cleaned with a note, and a test through the simulator is accepted before and after saving', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers`)
  await page.getByRole('button', { name: 'Add provider' }).click()
  await page.getByRole('option', { name: /Twilio/ }).click()
  await page.waitForURL(/\/providers\/new\/twilio$/)

  await paste(box(page, 'Account SID'), ` "${accountSid}" \u200b`)
  await settings(page).getByText('Removed spaces and quotes from the pasted Account SID.').waitFor()
  expect(await box(page, 'Account SID').inputValue()).toBe(accountSid)
  await paste(settings(page).getByLabel('Auth Token', { exact: true }), `${authToken} `)
  await settings(page).getByText('Removed spaces from the pasted Auth Token.').waitFor()
  await box(page, 'From number').fill('+15005550006')
  await box(page, 'Name').fill('My gateway')

  await settings(page).getByRole('switch', { name: 'Use simulator' }).check()
  const address = settings(page).getByRole('group', { name: 'Endpoint' })
  await address.getByText(`/twilio/2010-04-01/Accounts/${accountSid}/Messages.json`).waitFor()
  await page.getByRole('dialog').getByText('Simulated', { exact: true }).waitFor()

  await sendFromForm(page, '+15005550006')
  const result = page.getByRole('region', { name: 'Result' })
  await result.getByText('The provider accepted the message').waitFor()

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Provider saved').waitFor()
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)
  await page.reload()
  await page.getByRole('dialog', { name: 'My gateway' }).waitFor()
  expect(await box(page, 'Account SID').inputValue()).toBe(accountSid)
  await settings(page).getByLabel('Auth Token is set').waitFor()
  expect(await page.content()).not.toContain(authToken)
  expect(await page.getByText('Not saved', { exact: true }).count()).toBe(0)
  await sendFromForm(page, '+15005550006')
  await result.getByText('The provider accepted the message').waitFor()
})

test('the simulator’s numbers of that vendor are offered beside the number', async () => {
  const { page } = opened
  const part = page.getByRole('region', { name: 'Send Test SMS' })
  const outcome = part.getByRole('combobox', { name: 'Simulated outcome' })
  await outcome.selectOption({ label: 'Invalid number' })
  await part.getByRole('button', { name: 'Send', exact: true }).click()
  const result = page.getByRole('region', { name: 'Result' })
  await result.getByText('21211').first().waitFor()
  await result.getByText('Rejected').first().waitFor()
})

test('the list shows the vendor, and finds the provider by it', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers`)
  const row = page.getByRole('row', { name: /My gateway/ })
  await row.getByText('Twilio', { exact: true }).waitFor()
  await page.getByRole('searchbox', { name: 'Search providers' }).fill('twilio generic')
  await page.getByText('No provider fits').waitFor()
  await page.getByRole('searchbox', { name: 'Search providers' }).fill('TWIL gateway')
  await row.waitFor()
})

describe('Customise', () => {
  test('makes a Generic form of what is typed, and can be undone while nothing is saved', async () => {
    const { page } = opened
    await fillTwilio(page)
    await settings(page).getByRole('button', { name: 'Customise' }).click()
    await page.waitForURL(/\/providers\/new\/generic$/)
    const endpoint = box(page, 'Endpoint')
    expect(await endpoint.inputValue()).toBe(
      `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`,
    )
    expect(await settings(page).getByLabel('Password', { exact: true }).inputValue()).toBe(authToken)
    await settings(page).getByRole('button', { name: 'Undo customise' }).click()
    await page.waitForURL(/\/providers\/new\/twilio$/)
    expect(await box(page, 'Account SID').inputValue()).toBe(accountSid)
  })

  test('asks first for a saved provider, and keeps its secrets', async () => {
    const { page, host } = opened
    const listed = await host.call('providers.list')
    const id = listed.ok ? listed.value.find(({ name }) => name === 'My gateway')?.id : undefined
    await page.goto(`${host.origin}/providers/${id}`)
    await settings(page).getByRole('button', { name: 'Customise' }).click()
    const question = page.getByRole('dialog', { name: 'Customise this provider?' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    await box(page, 'Account SID').waitFor()
    await settings(page).getByRole('button', { name: 'Customise' }).click()
    await question.getByRole('button', { name: 'Customise' }).click()
    await settings(page).getByLabel('Password is set').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Provider saved').waitFor()
    const saved = await host.call('providers.get', { id: id! })
    expect(saved.ok && saved.value).toMatchObject({
      kind: 'generic',
      vendor: null,
      secrets: [{ name: 'authToken', state: 'set' }],
      simulated: true,
    })
    await sendFromForm(page, '+15005550006')
    await page
      .getByRole('region', { name: 'Result' })
      .getByText('The provider accepted the message')
      .waitFor()
  })
})

test('Use simulator in a Generic form brings its address and gives back what was typed', async () => {
  const { page } = opened
  await openForm(page, 'generic')
  await box(page, 'Endpoint').fill('https://api.example.com/sms')
  const simulator = settings(page).getByRole('switch', { name: 'Use simulator' })
  await simulator.check()
  expect(await box(page, 'Endpoint').inputValue()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/generic\/messages$/)
  await simulator.uncheck()
  expect(await box(page, 'Endpoint').inputValue()).toBe('https://api.example.com/sms')
})

test('a preset that could not be checked says so, with what is not sure and where it is documented', async () => {
  const { page } = opened
  await openForm(page, 'nimbus')
  const notice = settings(page).getByRole('region', { name: 'Unverified preset' })
  await notice.getByRole('list', { name: 'What is not sure' }).getByRole('listitem').nth(1).waitFor()
  await notice.getByRole('button', { name: /^Show \d+ more points/ }).click()
  await settings(page).getByRole('button', { name: 'Copy the documentation’s address' }).waitFor()
  await openForm(page, 'twilio')
  expect(await notice.count()).toBe(0)
})

const shown: [name: string, path: string, ready: (page: Page) => Promise<void>][] = [
  [
    'a vendor’s form with errors',
    '/providers/new/twilio',
    async (page) => {
      await settings(page).waitFor()
      await settings(page).getByRole('switch').check()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      for (const part of [/^Options/, /^Callbacks/])
        await settings(page).getByRole('button', { name: part }).click()
      await settings(page).getByRole('button', { name: 'What Account SID is' }).click()
    },
  ],
  [
    'an unverified vendor’s form',
    '/providers/new/msg91',
    (page) => settings(page).getByRole('region', { name: 'Unverified preset' }).waitFor(),
  ],
]
describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each(shown)('%s keeps the rules of WCAG 2.2 AA', async (_name, path, ready) => {
    const { page, host } = opened
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(host.origin + path)
    await ready(page)
    expect(await accessibilityFaults(page)).toEqual([])
  })
})

test('the page has had nothing to complain about', () => {
  expect(opened.complaints).toEqual([])
})
