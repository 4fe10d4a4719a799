import type { Page } from 'playwright-core'

/** How a page is brought to what is to be seen. */
export type Scene = (page: Page, origin: string) => Promise<unknown>

export const at =
  (path: string): Scene =>
  (page, origin) =>
    page.goto(origin + path, { waitUntil: 'load' })

const settings = (page: Page) => page.getByRole('region', { name: 'Settings' })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).last().click()

const form =
  (vendor: string): Scene =>
  async (page, origin) => {
    await page.goto(`${origin}/providers/new/${vendor}`)
    await settings(page).waitFor()
  }

const filled: Scene = async (page, origin) => {
  await form('twilio')(page, origin)
  await settings(page)
    .getByRole('textbox', { name: 'Account SID' })
    .fill(`AC${'0123456789abcdef'.repeat(2)}`)
  await settings(page).getByLabel('Auth Token', { exact: true }).fill('0123456789abcdef'.repeat(2))
  await settings(page).getByRole('textbox', { name: 'From number' }).fill('+15005550006')
}

const row = (page: Page, name: RegExp) => page.getByRole('row', { name })
const asked =
  (operation: 'Archive' | 'Delete'): Scene =>
  async (page, origin) => {
    await page.goto(`${origin}/providers`)
    await row(page, /Twilio, production/).click({ button: 'right' })
    await page.getByRole('menuitem', { name: operation }).click()
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  }

/** What is seen of a workbench with many providers. */
export const scenesWithMany: Record<string, Scene> = {
  'providers-many': at('/providers'),
  'providers-archived': async (page, origin) => {
    await page.goto(`${origin}/providers`)
    await press(page, 'More actions')
    await page.getByRole('menuitem', { name: /Show archived/ }).click()
    await row(page, /Archived/)
      .first()
      .waitFor()
  },
  'archive-provider': asked('Archive'),
  'delete-provider': asked('Delete'),
  picker: async (page, origin) => {
    await page.goto(`${origin}/providers/new`)
    await page.getByRole('option', { name: /Twilio/ }).waitFor()
  },
  'picker-search': async (page, origin) => {
    await page.goto(`${origin}/providers/new`)
    await page.getByRole('option', { name: /Twilio/ }).waitFor()
    await page.getByRole('combobox', { name: 'Search vendors' }).fill('india')
  },
  'vendor-empty': form('twilio'),
  'vendor-filled': filled,
  'vendor-errors': async (page, origin) => {
    await form('twilio')(page, origin)
    await settings(page).getByRole('textbox', { name: 'Account SID' }).fill('AC0123')
    await press(page, 'Save')
  },
  'vendor-simulated': async (page, origin) => {
    await filled(page, origin)
    await settings(page).getByRole('switch', { name: 'Use simulator' }).check()
    await press(page, 'Send Test SMS')
    const part = page.getByRole('region', { name: 'Send Test SMS' })
    await part.getByLabel('To', { exact: true }).fill('+15005550006')
    await part.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('region', { name: 'Result' }).waitFor()
  },
  'vendor-answers': async (page, origin) => {
    await filled(page, origin)
    await press(page, /^How answers are read/)
    await settings(page)
      .getByRole('button', { name: /^How answers/ })
      .scrollIntoViewIfNeeded()
  },
  'vendor-unverified': form('nimbus'),
  'vendor-customised': async (page, origin) => {
    await filled(page, origin)
    await press(page, 'Customise')
  },
}
