import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { addLogRows, logRow } from '../helpers/log-rows.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { openPage, startSimulator, type Opened } from '../helpers/page.ts'

let opened: Opened
let page: Page
let providerId: string
const many = 10_000
const began = Date.now() - many * 1000

beforeAll(async () => {
  opened = await openPage()
  page = opened.page
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const endpoint = await startSimulator(opened.host)
  const input = providerInput({ endpoint }, { name: 'Simulated one' })
  await opened.host.call('providers.save', input)
  providerId = input.id
})
afterAll(() => opened.close())

const listed = (text: RegExp | string) => page.getByRole('row', { name: text })
const count = () => page.getByRole('status').filter({ hasText: /messages?$/ })
const drop = (name: RegExp | string) =>
  page.getByRole('group', { name: 'Filters' }).getByRole('button', { name })
const part = (name: string) => new URL(page.url()).searchParams.get(name)
/** The number of the message that stands first below the head, whole or in part. */
const firstSeen = () =>
  page.evaluate<string>(`(() => {
    const box = document.querySelector('.box:has(> table)').getBoundingClientRect()
    const row = [...document.querySelectorAll('tr.row')].find((one) => one.getBoundingClientRect().bottom > box.top + 31)
    return row.textContent.match(/No (\\d+)/)?.[1] + ' at ' + Math.round(row.getBoundingClientRect().top)
  })()`)

test('an empty log says what belongs there; ten thousand messages are listed and counted', async () => {
  await page.goto(`${opened.host.origin}/messages`)
  await page.getByText('No messages yet').waitFor()
  expect(await page.getByRole('group', { name: 'Filters' }).count()).toBe(0)
  const all = Array.from({ length: many }, (_, index) => {
    const [state, outcomeClass, outcomeCode] =
      index % 100 === 7
        ? (['failed', 'misconfigured', 'unauthorized'] as const)
        : (['sent', 'accepted', 'accepted'] as const)
    const to = index % 50 === 0 ? '+447700900123' : '+14155550123'
    const about = { state, outcomeClass, outcomeCode, to, country: to.startsWith('+44') ? 'GB' : 'US' }
    const text = `No ${index} ${index % 1000 === 3 ? 'rare needle' : 'plain'}`
    return logRow({
      ...about,
      text,
      createdAt: began + index * 1000,
      providerId: index % 2 ? providerId : null,
    })
  })
  addLogRows(opened.host.folder, all)
  await page.reload()
  await listed(/No 9999 plain/).waitFor()
  await count().getByText('10,000 messages').waitFor()
  expect(await page.getByRole('row').count()).toBeLessThan(120)
  expect(await faultsInBothThemes(page)).toEqual([])
})

test('the keyboard goes through rows, opens one, and Back leads to the same place', async () => {
  await page.getByRole('row').nth(1).focus()
  await page.keyboard.press('End')
  await listed(/No 9900 /).waitFor()
  for (let pages = 0; pages < 3; pages += 1) await page.keyboard.press('End')
  await page.keyboard.press('ArrowUp')
  const before = await firstSeen()
  const focused = await page.locator('tr.row:focus').innerText()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Message to/ }).waitFor()
  await page.goBack()
  await listed(/No \d+ /)
    .first()
    .waitFor()
  await expect.poll(firstSeen).toBe(before)
  expect(await page.locator('tr[tabindex="0"]').innerText()).toBe(focused)
})

test('filters stand in the address, are combined, and Back takes them back one by one', async () => {
  await page.goto(`${opened.host.origin}/messages`)
  await drop(/^State/).click()
  await page.getByRole('checkbox', { name: 'Failed' }).check()
  await count().getByText('100 messages').waitFor()
  expect(part('state')).toBe('failed')
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Provider' }).fill('Simul')
  await page.keyboard.press('Enter')
  await expect.poll(() => part('provider')).toBe(providerId)
  await count().getByText('100 messages').waitFor()
  const outcome = page.getByRole('combobox', { name: 'Outcome' })
  await outcome.fill('401')
  await page.keyboard.press('Enter')
  await expect.poll(() => part('outcome')).toBe('unauthorized')
  await page.reload()
  await count().getByText('100 messages').waitFor()
  expect(await outcome.inputValue()).toBe('Unauthorized (401)')
  await page.goBack()
  await page.goBack()
  expect([part('outcome'), part('provider'), part('state')]).toEqual([null, null, 'failed'])
  await page.goBack()
  await count().getByText('10,000 messages').waitFor()
})

test('times: a preset, a stretch of one’s own, and the zone', async () => {
  await drop(/^Time/).click()
  await page.getByText(/^Local time, /).waitFor()
  await page.getByRole('radio', { name: 'Last hour' }).check()
  await expect.poll(() => part('when')).toBe('1h')
  await page.getByText(/^3,5\d\d messages/).waitFor()
  await page.getByLabel('Since', { exact: true }).fill('2020-01-01T00:00')
  await page.getByLabel('Before', { exact: true }).fill('2020-02-01T00:00')
  await page.getByLabel('Before', { exact: true }).press('Enter')
  await page.getByText('No message fits').waitFor()
  expect([part('when'), part('since'), part('until')]).toEqual([null, '2020-01-01T00:00', '2020-02-01T00:00'])
  await page.getByLabel('Before', { exact: true }).fill('2019-02-01T00:00')
  await page.getByText('Choose a time after the one above.').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await count().getByText('10,000 messages').waitFor()
})

test('a search finds texts and numbers, however it is written', async () => {
  await page.keyboard.press('/')
  await page.keyboard.type('needle RARE')
  await count().getByText('10 messages').waitFor()
  expect(part('q')).toBe('needle RARE')
  const search = page.getByRole('searchbox', { name: 'Search messages' })
  await search.fill('(0)7700 900199')
  await page.getByText('No message fits').waitFor()
  await search.fill('(0)7700-900123 plain')
  await count().getByText('200 messages').waitFor()
  await page.goBack()
  await count().getByText('10,000 messages').waitFor()
  expect(await search.inputValue()).toBe('')
})

test('what comes while one reads further down moves nothing, and waits', async () => {
  await page.evaluate(`document.querySelector('.box:has(> table)').scrollTo({ top: 1500 })`)
  await expect.poll(firstSeen).toMatch(/^99[0-5]\d/)
  const before = await firstSeen()
  for (const text of ['Live one', 'Live two'])
    await opened.host.call('messages.send', sendInput(providerId, { text }))
  const newer = page.getByRole('button', { name: '2 new' })
  await newer.waitFor()
  expect(await firstSeen()).toBe(before)
  await newer.click()
  await listed(/Live two/).waitFor()
  await opened.host.call('messages.send', sendInput(providerId, { text: 'Live three' }))
  await listed(/Live three/).waitFor()
  // Whoever filters is told, too, and not shown.
  await page.goto(`${opened.host.origin}/messages?q=live`)
  await count().getByText('3 messages').waitFor()
  await opened.host.call('messages.send', sendInput(providerId, { text: 'Live four' }))
  await page.getByRole('button', { name: '1 new' }).click()
  await count().getByText('4 messages').waitFor()
})

test('filters are saved, chosen, kept anew, renamed and deleted', async () => {
  const saved = page.getByRole('button', { name: /^Saved filters/ })
  const list = page.getByRole('list', { name: 'Saved filters' })
  await page.goto(`${opened.host.origin}/messages?state=failed`)
  await saved.click()
  await page.getByLabel('Save these filters as').fill('Failures')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await list.getByRole('button', { name: 'Failures', exact: true }).waitFor()
  expect(await saved.innerText()).toBe('Failures')

  await page.goto(`${opened.host.origin}/messages?q=needle`)
  await saved.click()
  await page.getByLabel('Save these filters as').fill('failures')
  await page.keyboard.press('Enter')
  await page.getByText('There is a saved filter called failures already.').waitFor()
  await page.getByLabel('Save these filters as').fill('Needles')
  await page.keyboard.press('Enter')
  await list.getByRole('button', { name: 'Needles', exact: true }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await list.getByRole('button', { name: 'Failures', exact: true }).click()
  await expect.poll(() => part('state')).toBe('failed')
  expect(part('q')).toBe(null)

  await page.goto(`${opened.host.origin}/messages?state=failed,unknown`)
  await saved.click()
  await list.getByRole('button', { name: 'Keep the filters that are set now as Failures' }).click()
  await expect.poll(() => saved.innerText()).toBe('Failures')
  await list.getByRole('button', { name: 'Rename Needles' }).click()
  await list.getByRole('textbox', { name: 'Name' }).fill('FAILURES')
  await page.keyboard.press('Enter')
  await list.getByText('There is a saved filter called FAILURES already.').waitFor()
  await list.getByRole('textbox', { name: 'Name' }).fill('Haystack')
  await page.keyboard.press('Enter')
  await list.getByRole('button', { name: 'Delete Haystack' }).click()
  await list.getByRole('button', { name: 'Delete', exact: true }).click()
  await list.getByText('Haystack').waitFor({ state: 'detached' })
})

test('a row’s menu copies, filters, compares and runs again', async () => {
  await page.goto(`${opened.host.origin}/messages?q=needle`)
  await listed(/No 9003 /).click({ button: 'right' })
  const item = (name: string | RegExp) => page.getByRole('menuitem', { name })
  await item('Copy number').click()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('+14155550123')
  await listed(/No 9003 /)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await item('Choose to compare').click()
  await page.getByText('1 chosen:').waitFor()
  await listed(/No 8003 /).focus()
  await page.keyboard.press('Shift+F10')
  await item('Only this provider').click()
  await expect.poll(() => part('provider')).toBe(providerId)
  await listed(/No 9003 /).click({ button: 'right' })
  await item('Run again').click()
  await page.getByRole('dialog', { name: 'Run again' }).getByRole('button', { name: 'Cancel' }).click()
  // The arrow of the story leads to the list as it was filtered.
  await page.getByRole('link', { name: 'Back to the list' }).click()
  await listed(/No 9003 /).waitFor()
  expect(part('q')).toBe('needle')
})

test('columns are chosen and remembered, and nothing is cut off at 1000 x 700', async () => {
  const columns = page.getByRole('button', { name: 'Columns' })
  await columns.click()
  await page.getByRole('checkbox', { name: 'What happened' }).check()
  await page.getByRole('checkbox', { name: 'Segments' }).uncheck()
  await page.getByRole('columnheader', { name: 'What happened' }).waitFor()
  await page.reload()
  await page.getByRole('columnheader', { name: 'What happened' }).waitFor()
  expect(await page.getByRole('columnheader', { name: 'Segments' }).count()).toBe(0)
  await page.setViewportSize({ width: 1000, height: 700 })
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  expect(await faultsInBothThemes(page)).toEqual([])
  await columns.click()
  await page.getByRole('button', { name: 'Usual columns' }).click()
  await page.getByRole('columnheader', { name: 'What happened' }).waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1280, height: 800 })
  expect(opened.complaints).toEqual([])
})
