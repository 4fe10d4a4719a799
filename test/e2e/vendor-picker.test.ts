import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { openPage, type Opened } from '../helpers/page.ts'
import { settings } from '../helpers/vendor-form.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
})
afterAll(() => opened.close())

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
  const option = page.getByRole('option').nth(3)
  await option.waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await option.and(page.locator('[aria-selected="true"]')).waitFor()
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

test.each(['light', 'dark'] as const)(
  'the picker keeps the rules of WCAG 2.2 AA: %s',
  async (colorScheme) => {
    const { page, host } = opened
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(`${host.origin}/providers/new`)
    await page.getByRole('option', { name: /Twilio/ }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  },
)

test('the page has had nothing to complain about', () => {
  expect(opened.complaints).toEqual([])
})
