import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { fillProvider, openPage, startSimulator, type Opened } from '../helpers/page.ts'

let opened: Opened
let endpoint: string
beforeAll(async () => {
  opened = await openPage()
  const { page, host } = opened
  endpoint = await startSimulator(host)
  await fillProvider(page, 'Gateway', endpoint)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Provider saved').waitFor()
})
afterAll(() => opened.close())

const at = (page: Page, path: string) => page.goto(`${opened.host.origin}${path}`)

test('an empty page says how a first request is sent', async () => {
  const { page } = opened
  await at(page, '/simulator')
  await page.getByRole('heading', { name: 'Nothing received yet' }).waitFor()
  await page.getByText(`curl ${endpoint}`).waitFor()
  await page.getByRole('tab', { name: 'Phone' }).click()
  await page.getByRole('heading', { name: 'No phone has got a message yet' }).waitFor()
  await page.getByText('The phone of each number is shown here').waitFor()
  await page.getByRole('tab', { name: 'Requests' }).click()
  await page.getByRole('button', { name: 'Send a first one' }).click()
  await page.getByRole('dialog', { name: 'Send Test SMS' }).waitFor()
  await page.keyboard.press('Escape')
})

test('a refusal is shown with its reason, and with the exchange', async () => {
  const { page } = opened
  for (const text of ['One', 'Two']) await fetch(`${endpoint}?to=%2B14155550123&text=${text}`)
  await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer wrong-token' },
    body: new URLSearchParams({ to: '+14155550177', text: 'With the wrong token', from: 'ACME' }),
  })
  await page.getByRole('searchbox', { name: 'Search requests' }).fill('415 555 0177')
  await page.getByText('1 of').waitFor()
  const row = page.getByRole('row', { name: /With the wrong token/ })
  await row.getByText('The credentials are not valid').waitFor()
  await row.focus()
  await page.keyboard.press('Enter')
  const detail = page.getByRole('complementary', { name: /Request to Generic/ })
  await detail.getByText('Refused', { exact: true }).waitFor()
  await detail.getByRole('region', { name: 'Form' }).getByText('With the wrong token').waitFor()
  await detail.getByRole('radiogroup', { name: 'Request view' }).getByText('Headers').click()
  await detail.getByText('authorization', { exact: true }).waitFor()
  expect(await detail.innerText()).not.toContain('wrong-token')
  await detail.getByRole('tab', { name: 'Response' }).click()
  await detail.getByLabel('Response body').getByText('"bad_credentials"').waitFor()
  await page.goBack()
  await detail.waitFor({ state: 'detached' })
  await page.getByRole('searchbox', { name: 'Search requests' }).fill('')
})

test('requests are found by vendor and outcome, and the address keeps it', async () => {
  const { page } = opened
  const rows = page.getByRole('table', { name: 'Received requests' }).getByRole('row')
  const outcome = page.getByRole('radiogroup', { name: 'Outcome' })
  await outcome.getByText('Refused', { exact: true }).click()
  await page.getByText('1 of 3 requests').waitFor()
  await page.reload()
  await page.getByText('1 of 3 requests').waitFor()
  expect(await rows.count()).toBe(2)
  await page.getByRole('combobox', { name: 'Vendor' }).fill('twil')
  await page.getByRole('option', { name: 'Twilio' }).click()
  await page.getByRole('heading', { name: 'No request fits' }).waitFor()
  await page.getByRole('button', { name: 'Show all requests' }).click()
  await page.getByText('3 requests', { exact: true }).waitFor()
})

test('what comes while one reads waits, and what is read stays in place', async () => {
  const { page } = opened
  const send = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        fetch(`${endpoint}?to=%2B1415555${1000 + index}&text=Burst`).then((answer) => answer.text()),
      ),
    )
  await send(60)
  const table = page.getByRole('table', { name: 'Received requests' })
  await table.getByRole('row', { name: /Burst/ }).first().waitFor()
  await page.getByText('63 requests').waitFor()
  await table.getByRole('row', { name: /Burst/ }).first().focus()
  await page.keyboard.press('PageDown')
  await page.keyboard.press('PageDown')
  const read = page.locator('tr:focus')
  await read.waitFor()
  const before = { text: await read.innerText(), place: await read.boundingBox() }
  await send(40)
  const pill = page.getByRole('button', { name: '40 new' })
  await pill.waitFor()
  expect({ text: await read.innerText(), place: await read.boundingBox() }).toEqual(before)
  await pill.click()
  await page.getByText('103 requests').waitFor()
})

test('a vendor is told of: its addresses, credentials, numbers and answers', async () => {
  const { page } = opened
  await at(page, '/simulator?view=vendors')
  await page.getByRole('heading', { name: 'Generic', exact: true }).waitFor()
  await page.getByRole('combobox', { name: 'Vendor' }).fill('twil')
  await page.getByRole('option', { name: 'Twilio' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Twilio', exact: true }).waitFor()
  const address = `${new URL(endpoint).origin}/twilio/2010-04-01/Accounts/`
  await page.getByRole('region', { name: 'Addresses' }).getByText(address).first().waitFor()
  await page
    .getByRole('region', { name: 'Credentials' })
    .getByText(/AC and 32 hex digits/)
    .waitFor()
  const numbers = page.getByRole('region', { name: 'Magic numbers' })
  expect(await numbers.getByRole('button', { name: /Copy number/ }).count()).toBeGreaterThan(6)
  await page.getByRole('region', { name: 'Answers' }).getByText('429').first().waitFor()

  const account = `AC${'0123456789abcdef'.repeat(2)}`
  const credentials = Buffer.from(`${account}:${'0123456789abcdef'.repeat(2)}`).toString('base64')
  const refused = await fetch(`${address}${account}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ To: '+14155550199', MessagingServiceSid: 'MG12', Body: 'Hello' }),
  })
  expect(refused.status).toBe(400)
  await page.getByRole('button', { name: 'Its requests' }).click()
  await page
    .getByRole('row', { name: /Twilio/ })
    .getByText('MessagingServiceSid must be MG and 32 hex digits')
    .waitFor()
})

const parts: [name: string, path: string, ready: (page: Page) => Promise<void>][] = [
  [
    'a request',
    '/simulator',
    async (page) => {
      await page.getByRole('row', { name: /Burst/ }).first().click()
      await page.getByRole('complementary').getByRole('tab', { name: 'Response' }).click()
    },
  ],
  [
    'vendors',
    '/simulator?view=vendors&about=twilio',
    (page) => page.getByRole('heading', { name: 'Twilio' }).waitFor(),
  ],
]

test.each(parts)('%s keep the rules of WCAG 2.2 AA, light and dark', async (_name, path, ready) => {
  const { page } = opened
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await at(page, path)
    await ready(page)
    expect(await accessibilityFaults(page)).toEqual([])
  }
})

test('stopped, the page says so and starts it', async () => {
  const { page } = opened
  await at(page, '/simulator')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.getByRole('button', { name: 'Stop simulator' }).click()
  await page.getByRole('heading', { name: 'The simulator is stopped' }).waitFor()
  await page.getByRole('button', { name: 'Start it' }).click()
  await page.getByRole('heading', { name: 'Nothing received yet' }).waitFor()
  expect(opened.complaints).toEqual([])
})
