import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
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

/** Sends from the top bar, and waits for what became of it. */
async function sendTest(page: Page, outcome: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Send Test SMS' }).first().click()
  const drawer = page.getByRole('dialog', { name: 'Send Test SMS' })
  await drawer.getByLabel('To', { exact: true }).fill('+14155550123')
  await drawer.getByRole('button', { name: 'Send', exact: true }).click()
  await drawer.getByText(outcome).first().waitFor()
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
}

test('an empty page says how a first request is sent', async () => {
  const { page } = opened
  await at(page, '/simulator')
  await page.getByRole('heading', { name: 'Nothing received yet' }).waitFor()
  await page.getByText(`curl ${endpoint}`).waitFor()
  await page.getByRole('button', { name: 'Send a first one' }).click()
  await page.getByRole('dialog', { name: 'Send Test SMS' }).waitFor()
  await page.keyboard.press('Escape')
})

test('a fault that is set here changes what a test send gets', async () => {
  const { page } = opened
  await at(page, '/simulator?view=faults')
  await page.getByRole('heading', { name: 'No faults' }).waitFor()
  await page.getByRole('button', { name: '429', exact: true }).click()
  await page
    .getByRole('group', { name: 'Fault 1' })
    .getByText('Every request is refused as one too many.')
    .waitFor()
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.getByText('1 fault is on.').waitFor()
  await page.getByRole('button', { name: 'Simulator running, 1 fault is on' }).waitFor()
  await sendTest(page, 'Too many requests (429)')
  await page.getByRole('tab', { name: 'Requests' }).click()
  const row = page.getByRole('row', { name: /\+1 415 555 0123/ }).first()
  await row.getByText('Fault: answered as rate limited').waitFor()

  await page.getByRole('button', { name: 'Switch all off' }).click()
  await page.getByText('1 fault is on.').waitFor({ state: 'detached' })
  await sendTest(page, 'The provider accepted the message')
})

test('a refusal is shown with its reason, and with the exchange', async () => {
  const { page } = opened
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

test('faults are added, mended, put in order, copied and deleted with the keyboard', async () => {
  const { page, host } = opened
  await at(page, '/simulator?view=faults')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await page.getByText('1 fault deleted').waitFor()
  await page.getByRole('button', { name: 'Add fault' }).click()
  const vendor = page.getByRole('combobox', { name: 'Fault 1 vendor' })
  await vendor.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('vonage')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('12x')
  await page.keyboard.press('Tab')
  await page.getByText('Enter digits: a whole number, or the last of it.').waitFor()
  await page.getByText('Fault 1 is not saved: mend it').waitFor()
  await page.getByRole('textbox', { name: 'Fault 1 number' }).fill('12')
  await page.getByRole('textbox', { name: 'Fault 1 share' }).fill('25')
  await page.getByRole('combobox', { name: 'Fault 1 effect' }).selectOption({ label: 'Late answer' })
  await page.getByRole('textbox', { name: 'Fault 1 milliseconds' }).fill('1500')
  await page.keyboard.press('Enter')
  await page
    .getByText('25 % of requests to Vonage for numbers ending in 12 are answered 1.5 s late.')
    .waitFor()
  await page.getByText('Saved', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Down', exact: true }).click()
  await page.getByRole('textbox', { name: 'Fault 2 number' }).press('Alt+ArrowUp')
  await page.getByRole('textbox', { name: 'Fault 1 number' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await page.getByRole('group', { name: 'Fault 3' }).waitFor()
  await page.getByRole('button', { name: 'Options of Fault 2' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByText('Fault 2 deleted').waitFor()
  await page.getByRole('button', { name: 'New seed' }).click()
  await page.getByText('Saved', { exact: true }).waitFor()

  const kept = await host.call('simulator.faults')
  if (!kept.ok) throw new Error(kept.error.message)
  expect(
    kept.value.faults.map(({ vendor: whose, number, share, effect }) => [whose, number, share, effect.kind]),
  ).toEqual([
    ['vonage', '12', 25, 'latency'],
    [null, null, 100, 'drop'],
  ])
  expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe(String(kept.value.seed))
  expect(kept.value.seed).not.toBe(1)
})

test('another window sees the faults at once', async () => {
  const { page, another, host } = opened
  const second = await another()
  await second.goto(`${host.origin}/simulator?view=faults`)
  await second.getByRole('group', { name: 'Fault 2' }).waitFor()
  await page.getByRole('button', { name: 'Clear all' }).click()
  await second.getByRole('heading', { name: 'No faults' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await second.getByRole('group', { name: 'Fault 2' }).waitFor()
  await second.context().close()
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
  ['faults', '/simulator?view=faults', (page) => page.getByRole('group', { name: 'Fault 2' }).waitFor()],
]

test.each(parts)('%s keep the rules of WCAG 2.2 AA, light and dark', async (_name, path, ready) => {
  const { page } = opened
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await at(page, path)
    await ready(page)
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const told = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    )
    expect(told).toEqual([])
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
