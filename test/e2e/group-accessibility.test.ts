import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { openGroupPage, type GroupPage } from '../helpers/group-page.ts'

let on: GroupPage
let page: Page
beforeAll(async () => {
  on = await openGroupPage()
  page = on.page
  await on.addProviders()
})
afterAll(async () => {
  expect(on.opened.complaints).toEqual([])
  await on.opened.close()
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test('the page, the form and the rehearsal keep the rules of WCAG 2.2 AA', async () => {
    const { host } = on.opened
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const id = await on.saveGroup(`Rehearsed ${colorScheme}`, on.ids.slice(0, 3))
    const told = () => accessibilityFaults(page)
    await page.goto(`${host.origin}/groups`)
    await on.table().waitFor()
    expect(await told()).toEqual([])
    await on.openNew()
    await on.save()
    await on.settings().getByText('Give the group a name.').waitFor()
    expect(await told()).toEqual([])
    await page.goto(`${host.origin}/groups/${id}?rehearse=on`)
    await page.getByRole('combobox', { name: 'How Twilio behaves' }).selectOption('Times out')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('It may arrive twice').first().waitFor()
    expect(await told()).toEqual([])
  })
})
