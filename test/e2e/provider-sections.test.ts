import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { fillProvider, openPage, sendFromForm, startSimulator, type Opened } from '../helpers/page.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
})
afterAll(() => opened.close())

const section = (name: string) => opened.page.getByRole('button', { name: new RegExp(`^${name}`) })
const box = (name: string) => opened.page.getByRole('textbox', { name, exact: true })
const currency = () => opened.page.getByRole('combobox', { name: 'Currency', exact: true })
const number = (name: string) => opened.page.getByRole('spinbutton', { name, exact: true })

test('all errors come at once, the closed parts that hold one open, and the first has the focus', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers/new/generic`)
  await section('Connection').click()
  await page.getByRole('radiogroup', { name: 'Proxy' }).getByText('Manual').click()
  await page.getByLabel('Certificate authorities').fill('-----BEGIN CERTIFICATE-----\nabc')
  await number('Total').fill('1')
  await section('Connection').click()
  await section('Limits and price').click()
  await currency().fill('dollars')
  await number('Messages per second').fill('0')
  await section('Limits and price').click()
  expect(await section('Limits and price').getAttribute('aria-expanded')).toBe('false')
  await number('Status from').fill('300')
  await number('Status to').fill('200')
  await page.getByRole('radiogroup', { name: 'Authentication' }).getByText('OAuth 2.0').click()

  await page.getByRole('button', { name: 'Save', exact: true }).click()
  for (const message of [
    'Give the provider a name.',
    'Enter the address that takes the messages.',
    'Enter the address that gives tokens, starting with https://.',
    'Enter the client ID.',
    'Enter the client secret.',
    'The end of the range lies before its start.',
    'Enter the proxy as http://host:port; its user name and password have fields of their own.',
    'Certificate 1 has no end: its -----END CERTIFICATE----- line is missing.',
    'Enter at least 50 ms.',
    'Enter at least 0.01 a second.',
    'Enter the price, or clear the currency.',
  ])
    await page.getByText(message, { exact: true }).waitFor()
  expect(
    await page.evaluate('document.activeElement === document.querySelector("[aria-invalid=true]")'),
  ).toBe(true)
})

test('a manual proxy, time-outs, rate and price are found again, the password only as set', async () => {
  const { page, host } = opened
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`${host.origin}/providers/new/generic`)
  await box('Name').fill('Behind a proxy')
  await box('Endpoint').fill('https://api.example.test/sms')
  await section('Connection').click()
  await page.getByRole('radiogroup', { name: 'Proxy' }).getByText('Manual').click()
  await box('Proxy address').fill('http://proxy.example.test:3128')
  await box('Proxy user name').fill('me')
  await page.getByLabel('Proxy password', { exact: true }).fill('proxy-pass-1')
  await number('Total').fill('20000')
  await section('Limits and price').click()
  await number('Messages per second').fill('2.5')
  await number('Price per segment').fill('0.0079')
  await currency().fill('eur')
  await page.getByText('A message of 3 segments costs €0.0237.').waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)

  await page.reload()
  await page.getByRole('dialog', { name: 'Behind a proxy' }).waitFor()
  await section('Connection').getByText('Proxy proxy.example.test:3128 · time-outs: total 20000 ms').waitFor()
  await section('Limits and price').getByText('2.5 a second · €0.0079 a segment').waitFor()
  await section('Connection').click()
  expect(await box('Proxy address').inputValue()).toBe('http://proxy.example.test:3128')
  await page.getByLabel('Proxy password is set').waitFor()
  expect(await page.content()).not.toContain('proxy-pass-1')

  await page.getByRole('button', { name: 'Reset to defaults' }).click()
  expect(await number('Total').inputValue()).toBe('15000')

  const id = page.url().split('/').at(-1)!
  expect(await host.call('providers.get', { id })).toMatchObject({
    value: {
      settings: {
        connection: { proxy: { kind: 'manual', username: 'me', password: '{{secret:proxy-password}}' } },
        ratePerSecond: 2.5,
        price: { perSegment: 0.0079, currency: 'EUR' },
      },
      secrets: [{ name: 'proxy-password', state: 'set' }],
    },
  })
})

test('batches are offered for a raw JSON body only, with its arrays to choose from', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers/new/generic`)
  await box('Name').fill('Batches')
  await box('Endpoint').fill('https://api.example.test/sms')
  const batches = page.getByRole('group', { name: 'Batches' })
  expect(await batches.count()).toBe(0)
  await page.getByRole('radiogroup', { name: 'Parameters as' }).getByText('Raw body').click()
  const body = page.getByRole('textbox', { name: 'Body', exact: true })
  await body.fill('{"from": "$$From", "messages": [{"to": "$$To", "text": $$Body}]}')
  await batches.getByRole('checkbox').check()
  expect(await batches.getByRole('combobox').inputValue()).toBe('messages')
  await number('Records per batch').fill('50')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)!
  expect(await host.call('providers.get', { id })).toMatchObject({
    value: { settings: { batch: { array: 'messages', size: 50 } } },
  })
})

test('what a message cost is on its page, by the price that is typed', async () => {
  const { page, host } = opened
  await fillProvider(page, 'Priced', await startSimulator(host))
  await section('Limits and price').click()
  await number('Price per segment').fill('0.0079')
  await currency().fill('USD')
  await sendFromForm(page, '+15005550006')
  await page.getByRole('link', { name: 'Open the message’s story' }).click()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  const facts = page.getByRole('complementary', { name: 'Message' })
  await facts.getByText('US$0.0079').waitFor()
})

test.each(['light', 'dark'] as const)(
  'with everything open the form keeps the rules of WCAG, %s',
  async (colorScheme) => {
    const { page, host } = opened
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(`${host.origin}/providers/new/generic`)
    await page.getByRole('radiogroup', { name: 'Authentication' }).getByText('OAuth 2.0').click()
    await page.getByRole('button', { name: 'Add token parameter' }).click()
    await page.getByRole('radiogroup', { name: 'Parameters as' }).getByText('Raw body').click()
    await page.getByRole('group', { name: 'Batches' }).getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Add code' }).click()
    await page.getByRole('button', { name: 'Paste a sample answer' }).click()
    await page.getByLabel('Body of the answer').fill('{"error": {"code": 7}, "list": [true, null]}')
    await page.getByRole('button', { name: 'Use this answer' }).click()
    await section('Connection').click()
    await page.getByRole('radiogroup', { name: 'Proxy' }).getByText('Manual').click()
    await section('Limits and price').click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Give the provider a name.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  },
)
