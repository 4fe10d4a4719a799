import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { fillProvider, openPage, startSimulator, type Opened } from '../helpers/page.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
  const { page, host } = opened
  await fillProvider(page, 'Gateway', await startSimulator(host))
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

test('faults keep the rules of WCAG 2.2 AA, light and dark', async () => {
  const { page } = opened
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await at(page, '/simulator?view=faults')
    await page.getByRole('group', { name: 'Fault 2' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  }
  expect(opened.complaints).toEqual([])
})
