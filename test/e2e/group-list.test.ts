import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breakerLimits } from '#shared/failover/breaker.ts'
import { openGroupPage, type GroupPage } from '../helpers/group-page.ts'
import { sendInput, providerInput } from '../helpers/messages.ts'

let on: GroupPage
let page: Page
beforeAll(async () => {
  on = await openGroupPage()
  page = on.page
})
afterAll(async () => {
  expect(on.opened.complaints).toEqual([])
  await on.opened.close()
})

test('without a provider the page leads to adding one, then it offers a group', async () => {
  await page.goto(`${on.opened.host.origin}/groups`)
  await page.getByText('It needs at least one').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Add provider' }).waitFor()
  await on.addProviders()
  // The page hears of it.
  await page.getByRole('button', { name: 'Add group' }).click()
  await page.getByRole('dialog', { name: 'Add group' }).waitFor()
})

test('one default is marked for providers and groups together', async () => {
  await on.saveGroup('To be default', [on.ids[0]!])
  await page.goto(`${on.opened.host.origin}/groups`)
  const row = on.table().getByRole('row', { name: /To be default/ })
  await row.focus()
  await page.keyboard.press('d')
  await row.getByText('Default', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Providers', exact: true }).click()
  const twilio = page.getByRole('row', { name: /^Twilio/ })
  expect(await twilio.getByText('Default', { exact: true }).count()).toBe(0)
  await twilio.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Mark as Default' }).click()
  await twilio.getByText('Default', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Provider Groups' }).click()
  await row.waitFor()
  expect(await row.getByText('Default', { exact: true }).count()).toBe(0)
})

test('a circuit breaker that is open is shown with its member and can be reset', async () => {
  const provider = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Broken' })
  await on.call('providers.save', provider)
  const id = await on.saveGroup('With a broken one', [provider.id])
  for (let number = 0; number < breakerLimits.inARow; number += 1)
    await on.call('messages.send', {
      ...sendInput(id, { test: false }),
      provider: { kind: 'group', id },
    })
  await page.goto(`${on.opened.host.origin}/groups/${id}`)
  await on
    .line('Broken')
    .getByText(/^Circuit open for \d+ s$/)
    .waitFor()
  await on.line('Broken').getByRole('button', { name: 'Reset the circuit breaker of Broken' }).click()
  await page.getByText('The circuit breaker of Broken is closed').waitFor()
  await on.line('Broken').getByText('Circuit open').waitFor({ state: 'detached' })
})

test('figures leave simulated sends and tests out as the Providers page does', async () => {
  const { providerId } = await on.call('tour.start')
  const id = await on.saveGroup('Only simulated', [providerId])
  await on.call('messages.send', { ...sendInput(id), provider: { kind: 'group', id } })
  await page.goto(`${on.opened.host.origin}/groups`)
  const row = on.table().getByRole('row', { name: /Only simulated/ })
  const shown = async () => (await row.getByRole('cell').allInnerTexts()).slice(3, 5)
  await row.getByTitle('To count them: More actions').first().waitFor()
  expect(await shown()).toEqual(['–', '–'])
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Count simulated sends' }).click()
  await row.getByText('1', { exact: true }).waitFor()
  expect(await shown()).toEqual(['1', '0'])
  await page.getByRole('switch', { name: 'Count tests' }).click()
  await row.getByText('1', { exact: true }).waitFor({ state: 'detached' })
  expect(await shown()).toEqual(['0', '0'])
})

test('a group is deleted after it was said what stays', async () => {
  await on.saveGroup('Soon gone', on.ids.slice(0, 2), ['NO'])
  await page.goto(`${on.opened.host.origin}/groups`)
  const row = on.table().getByRole('row', { name: /Soon gone/ })
  await row.getByRole('button', { name: 'Actions for Soon gone' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const asked = page.getByRole('dialog', { name: 'Delete Soon gone?' })
  await asked.getByText('Its 2 providers and all messages stay. Numbers of Norway then go through').waitFor()
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await row.focus()
  await page.keyboard.press('Delete')
  await asked.getByRole('button', { name: 'Delete group' }).click()
  await row.waitFor({ state: 'detached' })
  expect((await on.call('providers.list')).map(({ name }) => name)).toContain('Twilio')
})
