import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let page: Page
beforeAll(async () => {
  opened = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  page = opened.page
  page.on('dialog', (dialog) => void dialog.accept())
})
afterAll(() => opened.close())
beforeEach(async () => {
  await page.goto(`${opened.host.origin}/providers/new/generic`)
  await page.getByRole('button', { name: 'Add header' }).waitFor()
})

const cell = (index: number, field: 'name' | 'value', what = 'Header') =>
  page.getByRole('textbox', { name: `${what} ${index} ${field}`, exact: true })
const table = (what = 'Header') => page.getByRole('table', { name: `${what} rows` })

async function rows(what = 'Header'): Promise<string[]> {
  const names = await table(what)
    .getByRole('textbox', { name: / name$/ })
    .all()
  return Promise.all(
    names.map(async (name, index) => {
      const value = await cell(index + 1, 'value', what).inputValue()
      return `${await name.inputValue()}=${value}`
    }),
  )
}

async function paste(text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('Control+v')
}

const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

/** Fills a new table with rows by the keyboard alone. */
async function typeRows(...pairs: [string, string][]): Promise<void> {
  await page.getByRole('button', { name: 'Add header' }).click()
  for (const [index, [name, value]] of pairs.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await page.keyboard.type(name)
    await page.keyboard.press('Tab')
    await page.keyboard.type(value)
  }
}

test('Tab goes through the cells, opens a row past the last one, and leaves from an empty one', async () => {
  await typeRows(['X-A', '1'], ['X-B', '2'])
  expect(await rows()).toEqual(['X-A=1', 'X-B=2'])
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Header 3 name')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Header 3 value')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Add header')
  expect(await rows()).toHaveLength(3)
})

test('Enter goes to the next row and makes one, Shift+Enter breaks the line', async () => {
  await typeRows(['X-A', 'one'])
  await page.keyboard.press('Enter')
  expect(await focused()).toBe('Header 2 name')
  await cell(1, 'name').focus()
  await page.keyboard.press('Enter')
  expect(await focused()).toBe('Header 2 name')
  await cell(1, 'value').focus()
  await page.keyboard.press('End')
  const before = await cell(1, 'value').evaluate((box) => box.clientHeight)
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  expect(await cell(1, 'value').inputValue()).toBe('one\ntwo')
  expect(await cell(1, 'value').evaluate((box) => box.clientHeight)).toBeGreaterThan(before + 10)
})

test('pasted lines become rows, and Undo takes them away again', async () => {
  await typeRows(['X-Kept', 'k'])
  await page.keyboard.press('Tab')
  await paste('Authorization: Bearer a=b\nX-B=2\n# X-C:\t3')
  await page.getByText('3 rows pasted').waitFor()
  expect(await rows()).toEqual(['X-Kept=k', 'Authorization=Bearer a=b', 'X-B=2', 'X-C=3'])
  expect(await page.getByRole('checkbox', { name: 'Send Header X-C' }).isChecked()).toBe(false)
  expect(await focused()).toBe('Header 4 value')
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await rows()).toEqual(['X-Kept=k', '='])
})

test('a query string is decoded; a single line into a value stays as it is', async () => {
  await page.getByRole('button', { name: 'Add header' }).click()
  await paste('a=1&b=%20x&c=p+q')
  expect(await rows()).toEqual(['a=1', 'b= x', 'c=p q'])
  await cell(3, 'value').focus()
  await page.keyboard.press('Control+a')
  await paste('key=value&x=%20')
  expect(await cell(3, 'value').inputValue()).toBe('key=value&x=%20')
  await cell(2, 'value').focus()
  await page.keyboard.press('Control+a')
  await paste('d: 4\ne: 5')
  expect(await cell(2, 'value').inputValue()).toBe('d: 4\ne: 5')
  await page.getByRole('button', { name: 'Make 2 rows of it' }).click()
  expect(await rows()).toEqual(['a=1', 'b= x', 'd=4', 'e=5', 'c=key=value&x=%20'])
})

test('rows are moved by keyboard, which is told, and stay under the hand', async () => {
  await typeRows(['A', '1'], ['B', '2'], ['C', '3'])
  await page.keyboard.press('Alt+ArrowUp')
  expect(await rows()).toEqual(['A=1', 'C=3', 'B=2'])
  expect(await focused()).toBe('Header 2 value')
  await page.getByRole('status').getByText('Header C moved to row 2 of 3').waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Alt+ArrowDown')
  expect(await rows()).toEqual(['A=1', 'B=2', 'C=3'])
})

test('rows are dragged by their handle, a line shows where to', async () => {
  await typeRows(['A', '1'], ['B', '2'], ['C', '3'])
  const handles = table().getByTitle('Drag to reorder')
  const first = (await handles.nth(0).boundingBox())!
  const last = (await handles.nth(2).boundingBox())!
  await page.mouse.move(first.x + 5, first.y + 10)
  await page.mouse.down()
  await page.mouse.move(last.x + 5, last.y + last.height - 4, { steps: 5 })
  const line = await table()
    .getByRole('row', { name: 'Header C' })
    .evaluate((row) => getComputedStyle(row, '::after').height)
  expect(line).toBe('3px')
  await page.mouse.up()
  expect(await rows()).toEqual(['B=2', 'C=3', 'A=1'])
})

test('the row’s menu works by keyboard: switch off, duplicate, delete and undo', async () => {
  await typeRows(['A', '1'], ['B', '2'])
  await page.keyboard.press('Shift+F10')
  const menu = page.getByRole('menu', { name: 'Options of Header B' })
  await menu.waitFor()
  await page.keyboard.press('Enter')
  expect(await page.getByRole('checkbox', { name: 'Send Header B' }).isChecked()).toBe(false)
  expect(await focused()).toBe('Header 2 value')
  await page.getByRole('button', { name: 'Options of Header A' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  expect(await rows()).toEqual(['A=1', 'A=1', 'B=2'])
  await page.getByRole('button', { name: 'Options of Header B' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  expect(await rows()).toEqual(['A=1', 'A=1'])
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await rows()).toEqual(['A=1', 'A=1', 'B=2'])
  await page.getByRole('button', { name: 'Delete all' }).first().click()
  await page.getByText('3 rows deleted').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await rows()).toEqual(['A=1', 'A=1', 'B=2'])
})

test('bulk edit shows the table as text and takes it back, secrets by their reference', async () => {
  await typeRows(['X-Api-Key', 'hush'], ['X-B', '2'])
  await page.getByRole('button', { name: 'Keep Header 1 value secret' }).click()
  await page.getByRole('button', { name: 'Bulk edit' }).first().click()
  const text = page.getByRole('textbox', { name: 'Header rows as text' })
  expect(await text.inputValue()).toBe('X-Api-Key: {{secret:X-Api-Key}}\nX-B: 2')
  await text.fill('X-Api-Key: {{secret:X-Api-Key}}\n# X-B: 2\nX-New: "a\\nb"')
  await page.getByRole('button', { name: 'Edit as a table' }).click()
  expect(await page.getByLabel('Header 1 value', { exact: true }).inputValue()).toBe('hush')
  expect(await cell(3, 'value').inputValue()).toBe('a\nb')
  expect(await page.getByRole('checkbox', { name: 'Send Header X-B' }).isChecked()).toBe(false)
})

test('a name in another case is mended, and what is missing added, with one click', async () => {
  await cell(1, 'value', 'Parameter').fill('$$to')
  await page.getByText('Did you mean $$To?').waitFor()
  await page.getByRole('button', { name: 'Use $$To in Parameter 1 value' }).click()
  expect(await rows('Parameter')).toEqual(['to=$$To', 'text=$$Body'])
  await cell(2, 'value', 'Parameter').fill('')
  await page.getByRole('button', { name: 'Add $$Body' }).click()
  expect(await rows('Parameter')).toEqual(['to=$$To', 'text=$$Body'])
  await page.getByRole('list', { name: 'Hints' }).waitFor({ state: 'detached' })
})

test('placeholders are completed after $$, with their meanings', async () => {
  await cell(1, 'value', 'Parameter').fill('')
  await cell(1, 'value', 'Parameter').pressSequentially('+$$B')
  await page.getByRole('option', { name: '$$Body The text of the message' }).waitFor()
  await page.keyboard.press('Enter')
  expect(await cell(1, 'value', 'Parameter').inputValue()).toBe('+$$Body')
  expect(await focused()).toBe('Parameter 1 value')
})

test('two hundred rows are typed into without delay, and saved as they stand', async () => {
  await page.getByRole('button', { name: 'Bulk edit' }).last().click()
  const many = Array.from({ length: 200 }, (_, index) => `p${index}: v${index} $$To $$Body`).join('\n')
  await page.getByRole('textbox', { name: 'Parameter rows as text' }).fill(many)
  await page.getByRole('button', { name: 'Edit as a table' }).click()
  await cell(200, 'value', 'Parameter').fill('last')
  await cell(200, 'value', 'Parameter').press('Alt+ArrowUp')
  expect(await focused()).toBe('Parameter 199 value')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Many rows')
  await page.getByRole('textbox', { name: 'Endpoint', exact: true }).fill('http://127.0.0.1:9/')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/[0-9a-f-]{36}$/)
  const saved = await opened.host.call('providers.get', { id: page.url().split('/').at(-1)! })
  const parameters = saved.ok ? saved.value.settings.parameters : null
  const values = parameters?.kind === 'form' ? parameters.rows.map(({ value }) => value) : []
  expect(values).toHaveLength(200)
  expect(values.slice(198)).toEqual(['last', 'v198 $$To $$Body'])
  expect(opened.complaints).toEqual([])
})
