import { readFile, rm } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simulatedToken } from '../../electron/simulator/generic-provider.ts'
import { metrics, reckon, type MetricName } from '#shared/metrics.ts'
import type { StatsAnswer } from '#shared/stats/answer.ts'
import { addDays } from '#shared/stats/dates.ts'
import type { StatsQuery } from '#shared/stats/query.ts'
import { localDate } from '#shared/stats/zone.ts'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { openPage, startSimulator, type Opened } from '../helpers/page.ts'
import { temporaryFolder } from '../helpers/start-headless.ts'
import { fillWithHistory } from '../helpers/written-history.ts'

const zone = 'Asia/Kathmandu'
const patient = { timeout: 15_000 }
let folder: string
let opened: Opened
let page: Page

beforeAll(async () => {
  folder = await temporaryFolder()
  await fillWithHistory(folder, { messages: 6000, seed: 7, days: 365, until: Date.now() })
  opened = await openPage({ timezoneId: zone, acceptDownloads: true }, { folder })
  page = opened.page
})
afterAll(async () => {
  await opened.close()
  await rm(folder, { recursive: true, force: true })
})

const today = localDate(zone, Date.now())
const year: StatsQuery = {
  scope: { kind: 'all' },
  range: { kind: 'custom', from: addDays(today, -364), to: today },
  zone,
  compare: false,
  tests: false,
  simulated: false,
}
const yearPath = `/stats?range=custom&from=${addDays(today, -364)}&to=${today}`

async function answerTo(query: StatsQuery): Promise<StatsAnswer> {
  const answer = await opened.host.call('stats.get', query)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}
const panel = (name: string) => page.getByRole('region', { name, exact: true })
const tile = (name: string) => page.getByRole('group', { name, exact: true })
const plot = (name: string) => page.getByRole('slider', { name: new RegExp(`^${name},`) })
const words = async (place: Locator) => (await place.innerText()).replaceAll(/\s+/g, ' ')

function shown(answer: StatsAnswer, name: MetricName): number {
  const about = { days: answer.range.days.length, callbacks: answer.callbacks }
  return reckon(name, answer.range.totals, about) ?? Number.NaN
}
const counted = (value: number) => value.toLocaleString('en-GB')

async function saved(button: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button, exact: true }).click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

test('a year of messages stands on the page as it is reckoned, each figure with its explanation', async () => {
  await page.getByRole('link', { name: 'Stats', exact: true }).click()
  await page.getByRole('heading', { name: 'Stats', exact: true }).waitFor()
  await page.goto(`${opened.host.origin}${yearPath}`)
  const answer = await answerTo(year)
  expect(answer.range.totals.sent).toBeGreaterThan(1000)
  for (const name of ['totalSent', 'totalDelivered', 'totalClicks', 'totalErrors'] as const)
    expect(await words(tile(metrics[name].label))).toContain(counted(shown(answer, name)))
  expect(await words(tile('Delivery Rate'))).toContain(
    shown(answer, 'deliveryRate').toFixed(1).replace(/\.0$/, ''),
  )
  const daily = await words(panel('Delivery Stats'))
  for (const name of ['dailySent', 'dailyDelivered'] as const)
    expect(daily).toContain(shown(answer, name).toLocaleString('en-GB', { maximumFractionDigits: 1 }))
  await page.getByText(`${counted(answer.leftOut.tests)} tests left out`).waitFor()
  await page.getByText(`${counted(answer.leftOut.simulated)} simulated sends left out`).waitFor()

  await page.getByRole('button', { name: 'About Total Errors', exact: true }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByText(metrics.totalErrors.explanation).first().waitFor()
  await page.keyboard.press('Escape')
  expect(await page.getByText(metrics.totalErrors.explanation).first().isVisible()).toBe(false)
  expect(await faultsInBothThemes(page)).toEqual([])
})

test('a chart is stepped through, zoomed and read as a table by keyboard; its lines go off and on', async () => {
  const answer = await answerTo(year)
  await plot('SMS Delivery Stats').focus()
  await page.keyboard.press('End')
  const last = answer.range.days.at(-1)!
  const told = () => plot('SMS Delivery Stats').getAttribute('aria-valuetext')
  expect(await told()).toContain(
    `Total Sent ${counted(last.sums.sent)}, Total Errors ${counted(last.sums.errors)}`,
  )
  await page.getByRole('button', { name: 'Total Errors', exact: true }).click()
  expect(await told()).not.toContain('Total Errors')
  await page.getByRole('button', { name: 'Total Errors', exact: true }).click()

  await plot('SMS Delivery Stats').focus()
  await page.keyboard.press('End')
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('Shift+PageDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => plot('SMS Delivery Stats').getAttribute('aria-valuemax'), patient).toBe('15')
  // The other charts of days follow.
  expect(await plot('Delivery Rate').getAttribute('aria-valuemax')).toBe('15')
  await page.getByRole('button', { name: 'SMS Delivery Stats as a table', exact: true }).click()
  const rows = panel('SMS Delivery Stats').getByRole('row')
  expect(await rows.count()).toBe(16)
  await panel('SMS Delivery Stats').getByRole('button', { name: 'Reset zoom' }).click()
  expect(await rows.count()).toBe(366)
  expect(await words(rows.last())).toContain(counted(last.sums.sent))
  await page.getByRole('button', { name: 'SMS Delivery Stats as a table', exact: true }).click()

  const box = (await plot('SMS Delivery Stats').boundingBox())!
  await page.mouse.move(box.x + box.width * 0.3, box.y + 80)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + 90, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('button', { name: 'Take it as the range' }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('to'), patient).not.toBe(today)
  await page.goBack()
  await page.getByText(/\(365 days, /).waitFor()
})

test('a chart and its table are saved: all days as CSV, a picture as PNG', async () => {
  const answer = await answerTo(year)
  const file = await saved('Save SMS Delivery Stats as CSV')
  expect(file.name).toMatch(/^SMS Delivery Stats, All messages, .*\.csv$/)
  const [head, ...rows] = parse(file.bytes, { bom: true }) as string[][]
  expect(head).toEqual(['Day', 'Total Sent', 'Total Errors', 'Total Clicks'])
  const expected = answer.range.days.map(({ date, sums }) =>
    [date, sums.sent, sums.errors, sums.clicks].map(String),
  )
  expect(rows).toEqual(expected)

  for (const name of ['SMS Delivery Stats', 'Delivery Rate', 'Response times', 'By weekday and hour']) {
    const { bytes } = await saved(`Save ${name} as PNG`)
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(16)).toBe(2240)
  }
  const errors = parse((await saved('Save Errors by reason as CSV')).bytes, { bom: true }) as string[][]
  expect(errors.slice(1).map((row) => Number(row[4]))).toEqual(answer.reasons.map(({ count }) => count))

  const figures = parse((await saved('Save all figures as CSV')).bytes, { bom: true }) as string[][]
  expect(figures[1]?.slice(0, 2)).toEqual(['Total Sent', String(answer.range.totals.sent)])
  await page.getByRole('button', { name: 'All figures as a table' }).click()
  const row = page.getByRole('table', { name: 'All figures' }).getByRole('row').nth(1)
  expect(await words(row)).toContain(
    `Total Sent ${counted(answer.range.totals.sent)} Messages that a provider`,
  )
  await page.getByRole('button', { name: 'All figures as a table' }).click()
})

test('each number of the errors opens as many messages, of all and of a provider', async () => {
  const status = page.getByRole('status').filter({ hasText: /messages?$/ })
  const open = async (query: StatsQuery, index: number) => {
    const reason = (await answerTo(query)).reasons[index]!
    const row = panel('Errors by reason')
      .getByRole('row')
      .nth(index + 1)
    await row
      .getByRole('link', { name: new RegExp(`^${counted(reason.count)}\\. Show the messages`) })
      .click()
    await page.getByRole('heading', { name: 'Messages', exact: true }).waitFor()
    await expect
      .poll(() => words(status), patient)
      .toBe(`${counted(reason.count)} message${reason.count === 1 ? '' : 's'}`)
    return reason
  }
  const first = await open(year, 0)
  const filters = page.getByRole('group', { name: 'Filters' })
  await filters.getByText(/^Errors in the stats of all messages, .*: /).waitFor()
  // It comes off by itself, and leaves the others where they are.
  await filters.getByRole('button', { name: 'Not only these errors' }).click()
  await expect.poll(() => words(status), patient).not.toBe(`${counted(first.count)} messages`)
  expect(new URL(page.url()).search).toBe('?test=0&simulated=0')

  const { providers } = await answerTo(year)
  const { id, name } = providers.toSorted((a, b) => b.totals.errors - a.totals.errors)[0]!
  await page.goto(`${opened.host.origin}${yearPath.replace('/stats', `/stats/provider/${id}`)}`)
  for (const index of [0, 2]) {
    await panel('Errors by reason').waitFor()
    await open({ ...year, scope: { kind: 'provider', id } }, index)
    await filters.getByText(`Errors in the stats of ${name}, `).waitFor()
    await page.goBack()
  }
  await page.goto(`${opened.host.origin}${yearPath}`)
  await panel('Errors by reason').waitFor()
})

test('the address holds what is shown: scope, range, zone, tests and simulated', async () => {
  await page.getByRole('radiogroup', { name: 'Range' }).getByText('90 days').click()
  await page.getByRole('switch', { name: 'Tests' }).check()
  await page.getByRole('switch', { name: 'Compare' }).check()
  const zones = page.getByRole('combobox', { name: 'Time zone' })
  await zones.fill('Berlin')
  await zones.press('Enter')
  await expect
    .poll(() => new URL(page.url()).search, patient)
    .toBe('?range=90&zone=Europe/Berlin&compare=1&tests=1')
  const query = {
    ...year,
    zone: 'Europe/Berlin',
    compare: true,
    tests: true,
    range: { kind: 'days' as const, days: 90 },
  }
  const answer = await answerTo(query)
  await expect.poll(() => words(tile('Total Sent')), patient).toContain(counted(shown(answer, 'totalSent')))
  expect(await words(tile('Total Sent'))).toContain(`from ${counted(answer.before!.totals.sent)}`)
  await page.reload()
  await expect.poll(() => words(tile('Total Sent')), patient).toContain(counted(shown(answer, 'totalSent')))

  const [first] = answer.providers
  await panel('Providers side by side').getByRole('link', { name: first!.name, exact: true }).click()
  await page.getByRole('heading', { name: 'Provider Stats' }).waitFor()
  const own = await answerTo({ ...query, scope: { kind: 'provider', id: first!.id } })
  await expect.poll(() => words(tile('Total Sent')), patient).toContain(counted(shown(own, 'totalSent')))
  expect(new URL(page.url()).search).toBe('?range=90&zone=Europe/Berlin&compare=1&tests=1')
})

test('figures follow what is sent, in their places and without a new drawing of the page', async () => {
  const endpoint = await startSimulator(opened.host)
  const auth = { kind: 'bearer', token: '{{secret:token}}' } as const
  const name = `Simulated ${'with a long name '.repeat(5)}end`
  const input = providerInput({ endpoint, auth }, { name, secrets: { token: simulatedToken } })
  await opened.host.call('providers.save', input)
  const path = `/stats/provider/${input.id}`
  await page.goto(`${opened.host.origin}${path}`)
  await page.getByText('No message went out in this range').waitFor()
  const send = () => opened.host.call('messages.send', sendInput(input.id, { test: false }))
  await send()
  await page.getByRole('button', { name: 'Count simulated sends' }).click()
  await expect.poll(() => words(tile('Total Sent')), patient).toContain('Total Sent 1')
  await page.getByText('No delivery receipt has come yet').waitFor()
  const setUp = page.getByRole('link', { name: 'Set up callbacks' })
  expect(await setUp.getAttribute('href')).toBe(`/providers/${input.id}?part=callbacks`)
  await plot('SMS Delivery Stats').focus()
  await page.keyboard.press('End')
  const drawn = await plot('SMS Delivery Stats').elementHandle()
  const before = await plot('SMS Delivery Stats').boundingBox()
  await send()
  await send()
  await expect.poll(() => words(tile('Total Sent')), patient).toContain('Total Sent 3')
  expect(await drawn!.evaluate((plotted) => plotted === document.activeElement)).toBe(true)
  expect(await plot('SMS Delivery Stats').getAttribute('aria-valuetext')).toContain('Total Sent 3')
  expect(await plot('SMS Delivery Stats').boundingBox()).toEqual(before)
})

test('a range without messages says so and offers what is left out', async () => {
  await page.goto(`${opened.host.origin}/stats?range=custom&from=2001-01-01&to=2001-01-31`)
  await page.getByText('Nothing was sent in this range').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
})

test('the stats of a provider and of a group stand in a tab of theirs, to which their row’s menu leads', async () => {
  for (const [path, name, title] of [
    ['/providers', 'Providers', 'Provider Stats'],
    ['/groups', 'Provider Groups', 'Group Stats'],
  ] as const) {
    await page.goto(`${opened.host.origin}${path}`)
    const row = page.getByRole('table', { name }).getByRole('row').nth(1)
    await row.getByRole('button', { name: /^Actions for/ }).click()
    await page.getByRole('menuitem', { name: 'Stats' }).click()
    const drawer = page.getByRole('dialog')
    const tab = drawer.getByRole('tabpanel', { name: 'Stats' })
    await tab.getByRole('radiogroup', { name: 'Range' }).getByText('90 days').click()
    await expect.poll(() => new URL(page.url()).search, patient).toBe('?range=90')
    await tab.getByRole('group', { name: 'Total Sent', exact: true }).waitFor()
    if (path === '/providers') expect(await faultsInBothThemes(page)).toEqual([])

    // What was written in the settings is still there after a look at the stats.
    await drawer.getByRole('tab', { name: 'Stats' }).press('ArrowLeft')
    await drawer.getByRole('tabpanel', { name: 'Settings' }).waitFor()
    await drawer.getByRole('textbox', { name: 'Name', exact: true }).fill('Not saved yet')
    await drawer.getByRole('tab', { name: 'Stats' }).click()
    await tab.getByRole('link', { name: 'Open as a page' }).waitFor()
    expect(new URL(page.url()).search).toBe('?range=90')
    // What Escape closes is the explanation, and not the drawer.
    await tab.getByRole('button', { name: 'About Total Sent', exact: true }).press('Enter')
    await tab.getByText(metrics.totalSent.explanation).first().waitFor()
    await page.keyboard.press('Escape')
    await drawer.getByRole('tab', { name: 'Settings' }).click()
    expect(await drawer.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe(
      'Not saved yet',
    )
    await drawer.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await drawer.waitFor({ state: 'hidden' })

    await page.goBack()
    await drawer.getByRole('tab', { name: 'Stats' }).click()
    await tab.getByRole('link', { name: 'Open as a page' }).click()
    await page.getByRole('heading', { name: title }).waitFor()
  }
  expect(opened.complaints).toEqual([])
})
