import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let page: Page
beforeAll(async () => {
  opened = await openPage()
  page = opened.page
  page.on('dialog', (dialog) => void dialog.accept())
})
afterAll(() => opened.close())
beforeEach(async () => {
  await page.goto(`${opened.host.origin}/providers/new/generic`)
  await page.getByRole('radiogroup', { name: 'Parameters as' }).getByText('Raw body').click()
  await body().waitFor()
})

const body = () => page.getByRole('textbox', { name: 'Body', exact: true })
const text = () => body().evaluate((box) => [...box.children].map((line) => line.textContent).join('\n'))
const problem = (words: string) => page.getByRole('status').getByText(words)

test('an error in JSON is told with its line and column, and shown there', async () => {
  await body().fill('{\n  "to": "$$To",\n  "ttl": $$ttl\n  "key": {{secret:key}}\n}')
  await problem('Line 4, column 3: A comma is missing before this.').waitFor()
  const marked = body().locator('.cm-lintRange-error')
  await marked.waitFor()
  expect(await marked.innerText()).toBe('"')
  expect(await body().locator('.cm-line').nth(3).locator('.cm-lintRange-error').count()).toBe(1)

  await page.getByRole('button', { name: 'Line 4, column 3' }).click()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('End')
  await page.keyboard.type(',')
  await problem('Line 4').waitFor({ state: 'detached' })
  expect(await text()).toContain('"ttl": $$ttl,\n')
  await marked.waitFor({ state: 'detached' })
})

test('XML is checked once the content type says so, with its own colours', async () => {
  await page.getByLabel('Content type').fill('text/xml; charset=utf-8')
  await body().fill('<sms to="$$To">\n  <text>$$Body</txt>\n</sms>')
  await problem('Line 2').waitFor()
  expect(await body().locator('.cm-line').nth(1).locator('.cm-lintRange-error').count()).toBe(1)
  await body().fill('<sms to="$$To"><text>$$Body {{secret:k}}</text></sms>')
  await problem('Line').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Format', exact: true }).click()
  expect(await text()).toBe('<sms to="$$To">\n  <text>$$Body {{secret:k}}</text>\n</sms>')
  await page.getByLabel('Content type').fill('text/plain')
  await page.getByText('Plain text').waitFor()
  await page.getByRole('button', { name: 'Format', exact: true }).waitFor({ state: 'detached' })
})

test('Format lays JSON out and keeps placeholders; one undo brings the text back', async () => {
  await body().fill('{"to":"$$To","id":12345678901234567890,"n":$$n}')
  await page.getByRole('button', { name: 'Format', exact: true }).click()
  expect(await text()).toBe('{\n  "to": "$$To",\n  "id": 12345678901234567890,\n  "n": $$n\n}')
  await body().press('Control+z')
  expect(await text()).toBe('{"to":"$$To","id":12345678901234567890,"n":$$n}')
})

test('placeholders are marked and completed with their meanings', async () => {
  await body().fill('{"a": "$$To", "b": "$$body"}')
  await body().locator('.cm-placeholder-mark', { hasText: '$$To' }).waitFor()
  await body().locator('.cm-doubtful-mark', { hasText: '$$body' }).waitFor()
  await page.getByRole('button', { name: 'Use $$Body in Body' }).click()
  expect(await text()).toBe('{"a": "$$To", "b": "$$Body"}')
  await body().press('Control+End')
  await page.keyboard.type('$$Fr')
  const list = page.getByRole('listbox', { name: 'Completions' })
  await list.getByRole('option', { name: /\$\$From.*provider’s From/ }).click()
  expect(await text()).toBe('{"a": "$$To", "b": "$$Body"}$$From')
})

test('Escape closes the list and not the form; Tab leaves the editor', async () => {
  await body().press('Control+End')
  await page.keyboard.type('$$')
  const list = page.getByRole('listbox', { name: 'Completions' })
  await list.waitFor()
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
  expect(await page.getByRole('dialog', { name: 'Leave without saving?' }).count()).toBe(0)
  await page.keyboard.press('Tab')
  expect(await body().evaluate((box) => box.contains(document.activeElement))).toBe(false)
})

test('a selected piece becomes a secret, and the form keeps what was typed', async () => {
  await body().fill('{"key": "hush"}')
  await body().press('Control+Home')
  for (let count = 0; count < 9; count += 1) await page.keyboard.press('ArrowRight')
  for (let count = 0; count < 4; count += 1) await page.keyboard.press('Shift+ArrowRight')
  await page.getByRole('button', { name: 'Make “hush” a secret' }).click()
  expect(await text()).toBe('{"key": "{{secret:body}}"}')
  expect(await page.getByLabel('Secret body').inputValue()).toBe('hush')
  await body().locator('.cm-secret-mark').waitFor()
})

test.each(['light', 'dark'] as const)(
  'editor, table and preview keep the rules of WCAG 2.2 AA, %s',
  async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.getByRole('button', { name: 'Add header' }).click()
    await page.keyboard.type('Authorization')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Bearer $$to')
    await body().fill('{\n  "n": 1, "b": true, "x": "{{secret:k}}", "to": "$$To" "c": $$body\n}')
    await problem('Line 2').waitFor()
    const preview = page.getByRole('button', { name: 'Request preview' })
    if ((await preview.getAttribute('aria-expanded')) === 'false') await preview.click()
    expect(await accessibilityFaults(page)).toEqual([])
  },
)

test('the page had nothing to complain about', () => expect(opened.complaints).toEqual([]))
