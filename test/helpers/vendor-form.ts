import type { Locator, Page } from 'playwright-core'

export const accountSid = `AC${'0123456789abcdef'.repeat(2)}`
export const authToken = 'fedcba9876543210'.repeat(2)

export const settings = (page: Page): Locator => page.getByRole('region', { name: 'Settings' })
export const box = (page: Page, name: string | RegExp): Locator =>
  settings(page).getByRole('textbox', { name })

/** Opens the form of a new provider of a vendor. */
export async function openForm(page: Page, vendor: string): Promise<void> {
  await page.goto(new URL(`/providers/new/${vendor}`, page.url()).href)
  await settings(page).waitFor()
}

/** Types all that a provider of Twilio's needs, but for its name. */
export async function fillTwilio(page: Page): Promise<void> {
  await openForm(page, 'twilio')
  await box(page, 'Account SID').fill(accountSid)
  await settings(page).getByLabel('Auth Token', { exact: true }).fill(authToken)
  await box(page, 'From number').fill('+15005550006')
}
