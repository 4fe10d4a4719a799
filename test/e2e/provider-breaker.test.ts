import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract.ts'
import { breakerLimits } from '#shared/failover/breaker.ts'
import { defaultPolicies } from '#shared/group.ts'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let page: Page
let broken: string
let group: string

async function call<Name extends CommandName>(
  name: Name,
  ...input: CommandInput<Name> extends void ? [] : [CommandInput<Name>]
): Promise<CommandOutput<Name>> {
  const answer = await opened.host.call(name, ...input)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

beforeAll(async () => {
  opened = await openPage()
  page = opened.page
  // Nothing listens there.
  const provider = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Broken' })
  broken = provider.id
  await call('providers.save', provider)
  await call('providers.save', providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Spare' }))
  group = crypto.randomUUID()
  const members = [broken]
  await call('groups.save', {
    id: group,
    name: 'Group',
    members,
    countries: [],
    notes: '',
    policies: defaultPolicies,
  })
})
afterAll(async () => {
  expect(opened.complaints).toEqual([])
  await opened.close()
})

async function failOften(): Promise<void> {
  for (let count = 0; count < breakerLimits.inARow; count += 1)
    await call('messages.send', {
      ...sendInput(group, { test: false }),
      provider: { kind: 'group', id: group },
    })
}
const row = () => page.getByRole('row', { name: /Broken/ })
const shot = async (name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}
async function entries(): Promise<string[]> {
  await page.getByRole('button', { name: 'Actions for Broken' }).click()
  return page.getByRole('menuitem').allInnerTexts()
}
const entry = () => page.getByRole('menuitem', { name: 'Reset circuit breaker' })

test('the list shows a circuit breaker as it opens, and its row resets it', async () => {
  await page.goto(`${opened.host.origin}/providers`)
  await row().getByText('Not tested').waitFor()
  expect(await entries()).not.toContain('Reset circuit breaker')
  await page.keyboard.press('Escape')
  await failOften()
  await row().getByText('Circuit open', { exact: true }).waitFor()
  await row()
    .getByTitle(/Circuit breaker open until [\d:]+: 5 failures in a row\. .*test sends ignore it/)
    .waitFor()
  await page.getByRole('searchbox', { name: 'Search providers' }).fill('circuit open')
  await page.getByRole('row', { name: /Spare/ }).waitFor({ state: 'detached' })
  await row().waitFor()
  await page.getByRole('searchbox', { name: 'Search providers' }).fill('')
  await entries()
  await shot('breaker-menu')
  await entry().click()
  await page.getByText('The circuit breaker of Broken is closed').waitFor()
  await row().getByText('Not tested').waitFor()
})

test('its settings show it above, with a way to reset it', async () => {
  await failOften()
  await page.goto(`${opened.host.origin}/providers/${broken}`)
  const health = page.getByRole('region', { name: 'Health' })
  await health.getByText('Circuit breaker open until').waitFor()
  await health.getByRole('button', { name: 'Reset the circuit breaker of Broken' }).click()
  await health.getByText('Circuit breaker open until').waitFor({ state: 'detached' })
})

test('a group that is not saved yet knows it', async () => {
  await failOften()
  await call('groups.delete', { id: group })
  await page.goto(`${opened.host.origin}/groups/new`)
  const settings = page.getByRole('region', { name: 'Settings' })
  await settings.getByRole('combobox', { name: 'Add a provider' }).fill('Broken')
  await page.keyboard.press('Enter')
  await settings.getByText(/^Circuit open for \d+ s$/).waitFor()
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test('it keeps the rules of WCAG 2.2 AA', async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(`${opened.host.origin}/providers`)
    await row().getByText('Circuit open', { exact: true }).waitFor()
    await shot(`breaker-list-${colorScheme}`)
    await page.goto(`${opened.host.origin}/providers/${broken}`)
    await page.getByText('Circuit breaker open until').waitFor()
    await shot(`breaker-drawer-${colorScheme}`)
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
