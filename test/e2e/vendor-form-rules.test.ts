import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { openPage, type Opened } from '../helpers/page.ts'
import { accountSid, box, fillTwilio, openForm, settings } from '../helpers/vendor-form.ts'

let opened: Opened
beforeAll(async () => {
  opened = await openPage()
  // What is typed in one test is left behind by the next.
  opened.page.on('dialog', (dialog) => void dialog.accept())
})
afterAll(() => opened.close())

describe('what is wrong', () => {
  test('is told at its field once it was left, and gone as soon as it is right', async () => {
    const { page } = opened
    await openForm(page, 'twilio')
    const sid = box(page, 'Account SID')
    await sid.fill('AC123')
    const words = settings(page).getByText('Account SID is AC and 32 hex digits. This has 5 characters.')
    expect(await words.count()).toBe(0)
    await sid.press('Tab')
    await words.waitFor()
    await sid.fill(accountSid)
    await words.waitFor({ state: 'detached' })
  })

  test('a field that was passed by is wanted on saving only, and two of which one counts are told together', async () => {
    const { page } = opened
    await openForm(page, 'twilio')
    const rule = 'Enter a From number or a Messaging Service SID, one of the two.'
    await box(page, 'Account SID').press('Tab')
    await box(page, 'From number').focus()
    await box(page, 'Messaging Service SID').focus()
    await page.keyboard.press('Tab')
    expect(await settings(page).locator('[aria-invalid="true"]').count()).toBe(0)

    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await settings(page)
      .getByText(/^Enter the Account SID, as in AC/)
      .waitFor()
    expect(await box(page, 'Account SID').evaluate((element) => element === document.activeElement)).toBe(
      true,
    )
    expect(await described(box(page, 'From number'))).toBe(rule)
    expect(await described(box(page, 'Messaging Service SID'))).toBe(rule)
    await box(page, 'From number').fill('+15005550006')
    expect(await box(page, 'Messaging Service SID').getAttribute('aria-invalid')).toBeNull()
    await box(page, 'Messaging Service SID').fill(`MG${'a'.repeat(32)}`)
    expect(await described(box(page, 'From number'))).toBe(rule)
  })

  test('a press on something below reaches it though the error above moves it', async () => {
    const { page } = opened
    await openForm(page, 'twilio')
    await box(page, 'Account SID').pressSequentially('AC1')
    await settings(page)
      .getByRole('button', { name: /^How answers are read/ })
      .click({ delay: 200 })
    await settings(page).getByText('Account SID is AC and 32 hex digits.').waitFor()
    await settings(page).getByRole('spinbutton', { name: 'Status from' }).waitFor()
  })
})

test('how answers are read can be changed, kept and restored', async () => {
  const { page } = opened
  await fillTwilio(page)
  await box(page, 'Name').fill('Twilio of my own')
  await settings(page)
    .getByRole('button', { name: /^How answers are read/ })
    .click()
  await settings(page).getByRole('spinbutton', { name: 'Status to' }).fill('202')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)
  await page.reload()
  await settings(page).getByRole('button', { name: 'How answers are read Changed' }).click()
  expect(await settings(page).getByRole('spinbutton', { name: 'Status to' }).inputValue()).toBe('202')
  await settings(page).getByRole('button', { name: 'Restore preset' }).click()
  expect(await settings(page).getByRole('spinbutton', { name: 'Status to' }).inputValue()).not.toBe('202')
  expect(await settings(page).getByRole('button', { name: 'Restore preset' }).count()).toBe(0)
})

test('the page has had nothing to complain about', () => {
  expect(opened.complaints).toEqual([])
})

/** The text that a field is described by, as a screen reader says it. */
async function described(field: Locator): Promise<string> {
  const id = await field.getAttribute('aria-describedby')
  return field.page().locator(`[id="${id}"]`).innerText()
}
