import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { simulatedToken } from '../../electron/simulator/generic-provider.ts'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { providerInput } from '../helpers/messages.ts'
import { openPage, startSimulator, type Opened } from '../helpers/page.ts'
import { startHeadless, type Headless } from '../helpers/start-headless.ts'
import { formRows } from '../helpers/settings.ts'

let opened: Opened
let page: Page
let host: Headless
const columns = [
  'phone;name;code',
  '+14155550100;=Ann;A1',
  'nonsense;Bob;B2',
  '020 7946 0958;Zoë;C3',
  ';Nobody;D4',
]
const more = Array.from({ length: 60 }, (_, index) => `+1415555${2000 + index};N${index};X${index}`)
const file = [...columns, ...more].join('\r\n')

const main = () => page.getByRole('main')
const button = (name: string) => main().getByRole('button', { name, exact: true })
const choose = (name: string, text: string | Buffer) =>
  page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const firstRows = () => page.getByRole('table', { name: 'First rows' })
const progress = () => page.getByRole('progressbar', { name: 'Messages with an outcome' })
const box = (name: string) => page.getByRole('textbox', { name, exact: true })
const seen = async () => {
  const answer = await host.call('simulator.received')
  return answer.ok ? answer.value.length : -1
}

async function newTest(text = file, rate = '40'): Promise<void> {
  await page.goto(`${host.origin}/messages/bulk/new`)
  await choose('customers.csv', text)
  await firstRows().waitFor()
  await box('Messages a second').fill(rate)
}

beforeAll(async () => {
  opened = await openPage()
  ;({ page, host } = opened)
  const endpoint = await startSimulator(host)
  const parameters = formRows({ to: '$$To', text: '$$Body', ref: '$$code' })
  const settings = { endpoint, parameters, auth: { kind: 'bearer' as const, token: '{{secret:token}}' } }
  const price = { perSegment: 0.01, currency: 'USD' }
  const input = providerInput({ ...settings, price }, { name: 'Gateway', secrets: { token: simulatedToken } })
  await host.call('providers.save', input)
})
afterAll(async () => {
  await host.stop()
  await opened.close()
})

test('a list without bulk tests leads to the first one', async () => {
  await page.goto(`${host.origin}/messages/bulk`)
  await page.getByText('No bulk tests yet').waitFor()
  await button('New bulk test').click()
  await page.getByRole('heading', { name: 'New bulk test' }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
})

test('shows what the first rows become, with what is refused, before anything is sent', async () => {
  await newTest()
  await page.getByRole('combobox', { name: 'Columns end with' }).waitFor()
  expect(await page.getByRole('combobox', { name: 'Columns end with' }).inputValue()).toBe(';')
  expect(await page.getByRole('combobox', { name: 'Column of the numbers' }).inputValue()).toBe('phone')
  expect(await box('$$code').inputValue()).toBe('{{code}}')
  await page.getByText('Simulated: nothing leaves this machine.').waitFor()
  await box('Text').fill('Hi {{name}}, your code is ')
  await box('Text').press('End')
  await page.getByRole('button', { name: 'code', exact: true }).click()
  await firstRows().getByText('Hi =Ann, your code is A1').waitFor()
  await firstRows().getByText('Refused: There is no number.').waitFor()
  await page.getByRole('combobox', { name: 'Country of the numbers' }).fill('United Kingdom')
  await page.keyboard.press('Enter')
  await firstRows().getByText('+442079460958').waitFor()
  await page.getByText('18 messages of the first 20 rows, 2 refused, 18 segments, about US$0.18').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await box('Text').fill('Hi {{nobody}}')
  await page.getByText('The file has no column “nobody”.').waitFor()
  expect(await seen()).toBe(0)
})

test('refuses a file that is none, takes pasted rows and a file that is dropped', async () => {
  await page.goto(`${host.origin}/messages/bulk/new`)
  await choose('open.csv', `number,name\n+14155550100,"${'x'.repeat(1000)}`)
  await page.getByRole('alert').getByText('a quote').waitFor()
  await button('Choose another').click()
  await box('Or paste rows').fill('+14155550100\tAnn\n+14155550101\tBob')
  await button('Use these rows').click()
  await firstRows().getByText('There is no value for $$code.').first().waitFor()
  await box('$$code').fill('the same')
  await firstRows().getByText('Hello Bob').waitFor()
  expect(await page.getByRole('switch', { name: 'The first row names the columns' }).isChecked()).toBe(false)
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'dropped.csv'))
    return data
  }, 'number,name\n+14155550177,Dora\n')
  await firstRows().dispatchEvent('drop', { dataTransfer: dropped })
  await firstRows().getByText('+14155550177').waitFor()
})

test('runs, pauses, goes on and is cancelled; the rest stays unsent', async () => {
  await newTest(file, '5')
  await button('Read all rows').click()
  await page.getByText('Every row is checked.').waitFor()
  const refused = page.getByRole('table', { name: 'Refused rows' })
  await refused.getByText('020 7946 0958').waitFor()
  expect(await seen()).toBe(0)
  await button('Start').click()
  await page.getByText(/a second of at most 5, about .* left/).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await button('Pause').click()
  await button('Continue').waitFor()
  const paused = await seen()
  expect(paused).toBeGreaterThan(0)
  await button('Continue').click()
  await button('Pause').waitFor()
  await button('Cancel').click()
  await page.getByText(/\d+ messages will not be sent, and cannot be started again/).waitFor()
  await page.getByRole('button', { name: 'Cancel the rest' }).click()
  await button('Delete').waitFor()
  await main().getByText('Cancelled', { exact: true }).first().waitFor()
  const sent = await seen()
  expect(sent).toBeLessThan(61)
  await page.getByRole('link', { name: 'Show the messages: Not sent' }).waitFor()
  await button('Delete').click()
  await page.getByRole('button', { name: 'Delete bulk test' }).click()
  await page.getByText('No bulk tests yet').waitFor()
  expect(await seen()).toBe(sent)
})

test('goes on after a restart, sends each row once, and saves the result safe against formulas', async () => {
  await host.call('simulator.clear')
  await newTest(file, '15')
  await button('Read all rows').click()
  await button('Start').click()
  await expect.poll(seen).toBeGreaterThan(3)
  const early = await seen()
  await host.stop()
  expect(early).toBeLessThan(61)
  host = await startHeadless({ folder: host.folder, port: host.port })
  await page.getByText('Went on by itself when the workbench started').waitFor()
  await main().getByText('Done', { exact: true }).waitFor()
  expect(await progress().getAttribute('aria-valuenow')).toBe('100')
  const listed = await host.call('messages.list', { providerId: null, before: null, limit: 500 })
  const sent = listed.ok ? listed.value.messages.filter(({ state }) => state === 'sent') : []
  expect(new Set(sent.map(({ to }) => to)).size).toBe(61)
  const download = page.waitForEvent('download')
  await button('Save result CSV').click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('customers result.csv')
  const lines = (await readFile(await saved.path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(65)
  expect(lines[1]).toMatch(/^'\+14155550100,'=Ann,A1,1,'\+14155550100,sent,accepted,/)
  expect(lines[2]).toMatch(/^nonsense,Bob,B2,2,,refused,/)
  expect(opened.complaints.filter((one) => !/ERR_|Failed to load/.test(one))).toEqual([])
})

test('asks before real messages go out, with their number', async () => {
  const input = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Real gateway' })
  await host.call('providers.save', input)
  await page.goto(`${host.origin}/messages/bulk/new?through=${input.id}`)
  await choose('two.csv', 'number,name\n+14155550100,A\n+14155550101,B\n')
  await page.getByText('Real: people get these messages.').waitFor()
  await button('Read all rows').click()
  await button('Start').click()
  const dialog = page.getByRole('dialog', { name: 'Send 2 real messages?' })
  await dialog.getByText('through Real gateway').waitFor()
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await button('Start').waitFor()
  await button('Start').click()
  await dialog.getByRole('button', { name: 'Send 2 messages' }).click()
  await page.getByRole('table', { name: 'Reasons' }).getByText('Connection refused').waitFor()
  await page.getByText('Done, 2 not sent').waitFor()
  await page.getByRole('link', { name: 'Show the messages: Connection refused' }).click()
  await page.getByRole('link', { name: 'two.csv' }).waitFor()
  await page.getByRole('status').getByText('2 messages', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Messages of every origin' }).click()
  await page.getByRole('link', { name: 'Bulk tests' }).click()
  await page.getByRole('table', { name: 'Bulk tests' }).getByText('Real gateway').waitFor()
})
