import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, startSimulator, type Opened } from '../helpers/page.ts'

let opened: Opened
let endpoint: string
beforeAll(async () => {
  opened = await openPage()
  endpoint = await startSimulator(opened.host)
})
afterAll(() => opened.close())

test('a provider is added with the keyboard alone', async () => {
  const { page } = opened
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  await page.getByRole('heading', { name: 'No providers yet' }).waitFor()
  await press('n')
  await page.getByRole('combobox', { name: 'Search vendors' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('generic')
  await page.getByRole('option', { name: /Other \(Generic\)/, selected: true }).waitFor()
  await press('Enter')
  await page
    .locator('input:focus')
    .and(page.getByRole('textbox', { name: 'Name', exact: true }))
    .waitFor()
  await page.keyboard.type('By keyboard')
  await press('Tab')
  await page.keyboard.type('ACME')
  await press('Tab', 'Tab', 'Tab', 'Tab')
  await page.keyboard.type(endpoint)
  await press('Control+s')
  await page.getByRole('dialog', { name: 'By keyboard' }).waitFor()
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const row = page.getByRole('row', { name: /By keyboard/ })
  await row.focus()
  await press('Shift+F10')
  const menu = page.getByRole('menu', { name: 'Actions for By keyboard' })
  await menu.getByRole('menuitem', { name: 'Edit settings' }).and(page.locator(':focus')).waitFor()
  const duplicate = menu.getByRole('menuitem', { name: 'Duplicate' })
  while (!(await duplicate.evaluate((item) => item === document.activeElement))) await press('ArrowDown')
  await press('Enter')
  await page.getByRole('dialog', { name: 'By keyboard (copy)' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'From' }).inputValue()).toBe('ACME')
})

test('Back closes the drawer, and Forward opens it again', async () => {
  const { page } = opened
  await page.goBack()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.goForward()
  await page.getByRole('dialog', { name: 'By keyboard (copy)' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('the command palette finds a provider by its name', async () => {
  const { page } = opened
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('combobox').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('keyboard copy')
  await palette.getByRole('option', { name: 'By keyboard (copy) Provider', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'By keyboard (copy)' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('? shows the shortcuts', async () => {
  const { page } = opened
  await page.keyboard.press('?')
  await page
    .getByRole('dialog', { name: 'Keyboard shortcuts' })
    .getByText('Open the command palette')
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('Mark as Default moves the mark', async () => {
  const { page } = opened
  const copy = page.getByRole('row', { name: /By keyboard \(copy\)/ })
  await copy.getByRole('button', { name: /Actions/ }).click()
  await page.getByRole('menuitem', { name: 'Mark as Default' }).click()
  await copy.getByText('Default', { exact: true }).waitFor()
  expect(await page.getByRole('table').getByText('Default', { exact: true }).count()).toBe(1)
})

test('the dark theme is chosen, remembered, and there before the page is', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/settings`)
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click()
  await page.locator('html[data-theme="dark"]').waitFor()
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(21, 24, 27)')
  // The page's own script is held back: what shows then is decided before it.
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.reload()
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  await page.unroute('**/assets/*.js')
})

test('without a session the page asks for the address, and takes a pasted one', async () => {
  const { host, browser } = opened
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${host.origin}/messages`)
  await page.getByRole('heading', { name: 'Open the address with its token' }).waitFor()
  await page.getByLabel('Address or token').fill('wrong')
  await page.getByRole('button', { name: 'Open workbench' }).click()
  await page.getByText('This token is not accepted').waitFor()
  await page.getByLabel('Address or token').fill(host.address)
  await page.getByRole('button', { name: 'Open workbench' }).click()
  await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor()
  await context.close()
})

test('a second window sees at once what the first one did', async () => {
  const { page, host, another } = opened
  const second = await another()
  await second.goto(`${host.origin}/messages`)
  await second.getByRole('heading', { name: 'No messages yet' }).waitFor()
  await page.goto(`${host.origin}/providers`)
  await page.getByRole('button', { name: 'Send Test SMS' }).click()
  // Where it goes is known then; before that there is nothing to send through.
  await page.getByRole('combobox', { name: 'Simulated outcome' }).waitFor()
  await page.getByLabel('To', { exact: true }).fill('+15005550006')
  await page.keyboard.press('Control+Enter')
  await second
    .getByRole('row', { name: /Test from SMS Workbench/ })
    .getByText('Sent')
    .waitFor()
})
