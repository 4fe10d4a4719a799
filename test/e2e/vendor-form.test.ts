import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { openPage, sendFromForm, type Opened } from '../helpers/page.ts'

const accountSid = `AC${'0123456789abcdef'.repeat(2)}`
const authToken = 'fedcba9876543210'.repeat(2)

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
  // What is typed in one test is left behind by the next.
  opened.page.on('dialog', (dialog) => void dialog.accept())
})
afterAll(() => opened.close())

const settings = (page: Page) => page.getByRole('region', { name: 'Settings' })
const box = (page: Page, name: string | RegExp) => settings(page).getByRole('textbox', { name })

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

async function openForm(page: Page, vendor: string): Promise<void> {
  await page.goto(`${opened.host.origin}/providers/new/${vendor}`)
  await settings(page).waitFor()
}

async function fillTwilio(page: Page): Promise<void> {
  await openForm(page, 'twilio')
  await box(page, 'Account SID').fill(accountSid)
  await settings(page).getByLabel('Auth Token', { exact: true }).fill(authToken)
  await box(page, 'From number').fill('+15005550006')
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

describe('what is wrong', () => {
  test('is told at its field once it was left, and gone as soon as it is right', async () => {
    const { page } = opened
    await openForm(page, 'twilio')
    const sid = box(page, 'Account SID')
    await sid.fill('AC123')
    const words = settings(page).getByText('Account SID is AC and 32 hex digits. This has 5 characters.')
    expect(await words.count()).toBe(0)
    await sid.press('Tab')
    await words.waitFor()
    await sid.fill(accountSid)
    await words.waitFor({ state: 'detached' })
  })

  test('a field that was passed by is wanted on saving only, and two of which one counts are told together', async () => {
    const { page } = opened
    await openForm(page, 'twilio')
    const rule = 'Enter a From number or a Messaging Service SID, one of the two.'
    await box(page, 'Account SID').press('Tab')
    await box(page, 'From number').focus()
    await box(page, 'Messaging Service SID').focus()
    await page.keyboard.press('Tab')
    expect(await settings(page).locator('[aria-invalid="true"]').count()).toBe(0)

    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await settings(page)
      .getByText(/^Enter the Account SID, as in AC/)
      .waitFor()
    expect(await box(page, 'Account SID').evaluate((element) => element === document.activeElement)).toBe(
      true,
    )
    expect(await described(box(page, 'From number'))).toBe(rule)
    expect(await described(box(page, 'Messaging Service SID'))).toBe(rule)
    await box(page, 'From number').fill('+15005550006')
    expect(await box(page, 'Messaging Service SID').getAttribute('aria-invalid')).toBeNull()
    await box(page, 'Messaging Service SID').fill(`MG${'a'.repeat(32)}`)
    expect(await described(box(page, 'From number'))).toBe(rule)
  })

  test('a press on something below reaches it though the error above moves it', async () => {
    const { page } = opened
    await openForm(page, 'twilio')
    await box(page, 'Account SID').pressSequentially('AC1')
    await settings(page)
      .getByRole('button', { name: /^How answers are read/ })
      .click({ delay: 200 })
    await settings(page).getByText('Account SID is AC and 32 hex digits.').waitFor()
    await settings(page).getByRole('spinbutton', { name: 'Status from' }).waitFor()
  })
})

test('how answers are read can be changed, kept and restored', async () => {
  const { page } = opened
  await fillTwilio(page)
  await box(page, 'Name').fill('Twilio of my own')
  await settings(page)
    .getByRole('button', { name: /^How answers are read/ })
    .click()
  await settings(page).getByRole('spinbutton', { name: 'Status to' }).fill('202')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)
  await page.reload()
  await settings(page).getByRole('button', { name: 'How answers are read Changed' }).click()
  expect(await settings(page).getByRole('spinbutton', { name: 'Status to' }).inputValue()).toBe('202')
  await settings(page).getByRole('button', { name: 'Restore preset' }).click()
  expect(await settings(page).getByRole('spinbutton', { name: 'Status to' }).inputValue()).not.toBe('202')
  expect(await settings(page).getByRole('button', { name: 'Restore preset' }).count()).toBe(0)
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

test('with the keyboard alone: search, choose, fill, back to the vendors, and to Generic', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers`)
  await page.getByRole('row').first().waitFor()
  await page.keyboard.press('n')
  const search = page.getByRole('combobox', { name: 'Search vendors' })
  await search.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('saudi')
  await page.getByRole('option', { name: /Unifonic/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/providers\/new\/unifonic$/)
  await settings(page).locator('input:focus').waitFor()
  await page.goBack()
  await search.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('nobody at all')
  await page.getByText('No vendor has that name or country.').waitFor()
  await page.getByRole('option', { name: /Generic/, selected: true }).waitFor()
  await page.keyboard.press('ArrowRight')
  await search.fill('')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  expect(await page.getByRole('option').nth(3).getAttribute('aria-selected')).toBe('true')
  for (let row = 0; row < 12; row++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/providers\/(?:new\/generic|import)$/)
})

test('an address with a vendor that is not there leads to the catalogue', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers/new/nobody`)
  await page.waitForURL(/\/providers\/new$/)
  await page.getByRole('combobox', { name: 'Search vendors' }).waitFor()
})

const shown: [name: string, path: string, ready: (page: Page) => Promise<void>][] = [
  ['the picker', '/providers/new', (page) => page.getByRole('option', { name: /Twilio/ }).waitFor()],
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
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const told = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    )
    expect(told).toEqual([])
  })
})

test('the page has had nothing to complain about', () => {
  expect(opened.complaints).toEqual([])
})

/** The text that a field is described by, as a screen reader says it. */
async function described(field: Locator): Promise<string> {
  const id = await field.getAttribute('aria-describedby')
  return field.page().locator(`[id="${id}"]`).innerText()
}
