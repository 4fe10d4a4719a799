import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract.ts'
import { breakerLimits } from '#shared/failover/breaker.ts'
import { defaultPolicies } from '#shared/group.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let page: Page
const ids: string[] = []
const names = ['Twilio', 'Vonage', 'Plivo', ...Array.from({ length: 8 }, (_, index) => `Spare ${index + 1}`)]

async function call<Name extends CommandName>(
  name: Name,
  ...input: CommandInput<Name> extends void ? [] : [CommandInput<Name>]
): Promise<CommandOutput<Name>> {
  const answer = await opened.host.call(name, ...input)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

async function saveGroup(name: string, members: string[], countries: string[] = []): Promise<string> {
  const id = crypto.randomUUID()
  await call('groups.save', { id, name, members, countries, notes: '', policies: defaultPolicies })
  return id
}

beforeAll(async () => {
  opened = await openPage()
  page = opened.page
  page.on('dialog', (dialog) => void dialog.accept())
})
afterAll(() => opened.close())

const settings = () => page.getByRole('region', { name: 'Settings' })
const nameBox = () => settings().getByRole('textbox', { name: 'Name', exact: true })
const picker = () => settings().getByRole('combobox', { name: 'Add a provider' })
const lines = () => settings().getByRole('list', { name: 'Order of providers' }).getByRole('listitem')
const line = (name: string) => settings().getByRole('listitem', { name: new RegExp(`^${name}, \\d`) })
const save = () => page.getByRole('button', { name: 'Save', exact: true }).click()
const table = () => page.getByRole('table', { name: 'Provider groups' })
const order = async () =>
  (await lines().all()).length === 0
    ? []
    : lines().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')?.replace(/, \d.*/, '')))
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

async function openNew(): Promise<void> {
  await page.goto(`${opened.host.origin}/groups/new`)
  await nameBox().waitFor()
}

async function pick(name: string): Promise<void> {
  await picker().fill(name)
  await page.keyboard.press('Enter')
}

async function drag(handle: Locator, to: { x: number; y: number }, steps = 6): Promise<void> {
  const from = await handle.boundingBox()
  if (!from) throw new Error('nothing to drag by')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps })
}

test('without a provider the page leads to adding one, then it offers a group', async () => {
  await page.goto(`${opened.host.origin}/groups`)
  await page.getByText('It needs at least one').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Add provider' }).waitFor()
  for (const name of names) {
    const input = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name })
    await call('providers.save', input)
    ids.push(input.id)
  }
  // The page hears of it.
  await page.getByRole('button', { name: 'Add group' }).click()
  await page.getByRole('dialog', { name: 'Add group' }).waitFor()
})

describe('the form', () => {
  beforeEach(openNew)

  test('makes a group of three, ordered by keys and by dragging, that is there after a reload', async () => {
    await nameBox().fill('Europe')
    for (const name of ['Twilio', 'Vonage', 'Plivo']) await pick(name)
    expect(await order()).toEqual(['Twilio', 'Vonage', 'Plivo'])

    await line('Twilio').focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByText('Twilio moved to position 2 of 3', { exact: true }).waitFor()
    expect(await order()).toEqual(['Vonage', 'Twilio', 'Plivo'])
    expect(await focused()).toBe('Twilio, 2 of 3')
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    expect(await order()).toEqual(['Twilio', 'Vonage', 'Plivo'])

    const first = await line('Twilio').boundingBox()
    await drag(line('Plivo').getByTitle('Drag to reorder'), {
      x: (first?.x ?? 0) + 9,
      y: (first?.y ?? 0) + 4,
    })
    // Where it will be put down is drawn.
    const height = await line('Twilio').evaluate((row) => getComputedStyle(row, '::before').height)
    expect(height).toBe('3px')
    await page.mouse.up()
    await page.getByText('Plivo moved to position 1 of 3', { exact: true }).waitFor()
    expect(await order()).toEqual(['Plivo', 'Twilio', 'Vonage'])
    await line('Plivo').getByRole('button', { name: 'Move Plivo down' }).click()
    await line('Plivo').getByRole('button', { name: 'Move Plivo down' }).click()
    // Its button is off now, so the line has the focus.
    expect(await focused()).toBe('Plivo, 3 of 3')

    await settings().getByRole('combobox', { name: 'Add a country' }).fill('germ')
    await page.keyboard.press('Enter')
    await settings().getByRole('button', { name: 'Remove Germany' }).waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText('Group saved').waitFor()
    expect(page.url()).toMatch(/\/groups\/[0-9a-f-]{36}$/)
    await page.reload()
    await nameBox().waitFor()
    expect(await nameBox().inputValue()).toBe('Europe')
    expect(await order()).toEqual(['Twilio', 'Vonage', 'Plivo'])
    await page.goto(`${opened.host.origin}/groups`)
    await table()
      .getByRole('row', { name: /Europe.*Twilio.*Vonage.*Plivo.*Germany/ })
      .waitFor()
  })

  test('says what is missing at its field, and leads there', async () => {
    await save()
    await settings().getByText('Give the group a name.').waitFor()
    await settings().getByText('Choose at least one provider.').waitFor()
    await nameBox().fill('Named')
    await save()
    expect(await focused()).toBe('Add a provider')
    expect(await page.getByText('Group saved').count()).toBe(0)
  })

  test('refuses the eleventh provider with a word, and takes it when there is room', async () => {
    for (const name of names.slice(0, 11)) await pick(name)
    await page.getByRole('alert').getByText('a group holds 10 providers at most').waitFor()
    expect(await order()).toEqual(names.slice(0, 10))
    await line('Twilio').focus()
    await page.keyboard.press('Delete')
    expect(await focused()).toBe('Vonage, 1 of 9')
    await pick('Spare 8')
    expect(await order()).toEqual(names.slice(1, 11))
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('asks before changes are lost', async () => {
    await nameBox().fill('Half done')
    await page.getByText('Not saved').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep editing' }).click()
    expect(await nameBox().inputValue()).toBe('Half done')
    await page.getByRole('button', { name: 'Close', exact: true }).last().click()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('says at the field which group routes a country already', async () => {
    await saveGroup('France alone', [ids[0]!], ['FR'])
    await nameBox().fill('Also France')
    await pick('Twilio')
    const box = settings().getByRole('combobox', { name: 'Add a country' })
    await box.fill('france')
    await page.getByRole('option', { name: /France in “France alone”/ }).waitFor()
    await page.keyboard.press('Enter')
    await save()
    await settings()
      .getByRole('group', { name: 'Countries' })
      .getByText('FR is routed by the group “France alone”.')
      .waitFor()
    await settings().getByRole('button', { name: 'Remove France' }).click()
    await save()
    await page.getByText('Group saved').waitFor()
  })
})

test('what another window saves is told, and can be replaced', async () => {
  const id = await saveGroup('Two windows', ids.slice(0, 2))
  await page.goto(`${opened.host.origin}/groups/${id}`)
  await settings().getByRole('textbox', { name: 'Notes' }).fill('mine')
  const stored = await call('groups.get', { id })
  const { isDefault: _default, createdAt: _created, updatedAt: _updated, ...input } = stored
  await call('groups.save', { ...input, members: input.members.toReversed() })
  const notice = page.getByRole('status', { name: 'Changed in another window' })
  await notice.getByText('This group was saved in another window').waitFor()
  await notice.getByRole('button', { name: 'Look at the saved version' }).click()
  await notice.getByRole('row', { name: 'Providers 1. Vonage, 2. Twilio 1. Twilio, 2. Vonage' }).waitFor()
  await notice.getByRole('button', { name: 'Replace it' }).click()
  await page.getByText('Group saved').waitFor()
  expect(await call('groups.get', { id })).toMatchObject({ members: ids.slice(0, 2), notes: 'mine' })
})

test('one default is marked for providers and groups together', async () => {
  await saveGroup('To be default', [ids[0]!])
  await page.goto(`${opened.host.origin}/groups`)
  const row = table().getByRole('row', { name: /To be default/ })
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

describe('Rehearse', () => {
  let id: string
  const panel = () => page.getByRole('region', { name: 'Rehearse' })
  const behave = (name: string, how: string) =>
    panel()
      .getByRole('combobox', { name: `How ${name} behaves` })
      .selectOption(how)
  const press = (name: string) => panel().getByRole('button', { name, exact: true }).click()
  const message = (number: number) => panel().getByRole('region', { name: `Message ${number}` })

  beforeAll(async () => (id = await saveGroup('Rehearsed', ids.slice(0, 3))))
  beforeEach(async () => {
    await page.goto(`${opened.host.origin}/groups/${id}`)
    await page.getByRole('button', { name: 'Rehearse', exact: true }).click()
    await panel().getByText('Nothing leaves this machine').waitFor()
  })

  test('shows a message going past one that is down and one that times out', async () => {
    await behave('Twilio', 'Down')
    await behave('Vonage', 'Times out')
    await press('Step')
    const shown = message(1).getByRole('listitem')
    expect(await shown.allInnerTexts()).toEqual([
      expect.stringMatching(/Unavailable\s+Twilio[^]*Surely not taken/),
    ])
    await press('Step')
    expect(await shown.last().innerText()).toMatch(/Unknown\s+Vonage[^]*Nobody knows whether it was taken/)
    await press('Step')
    expect(await shown.last().innerText()).toMatch(/Accepted\s+Plivo[^]*May arrive twice/)
    await message(1).getByText('Plivo took it after 3 attempts and 10.2 s. It may arrive twice.').waitFor()
    // Another message, with what the first one left behind, and then none of it.
    await press('Send another')
    await message(2).getByText('closed, 1 failure in a row').first().waitFor()
    await press('Reset')
    expect(await panel().getByRole('region').count()).toBe(0)
  })

  test('opens a circuit breaker with one message after another', async () => {
    await behave('Twilio', 'Down')
    await press('Run')
    for (let number = 2; number <= 6; number += 1) {
      await press('Send another')
      await message(number).getByText('Vonage took it').waitFor()
    }
    await message(6)
      .getByText(/Twilio: its circuit breaker is open for another \d+ s/)
      .waitFor()
    await press('Wait 30 s')
    await behave('Twilio', 'Accepts')
    await press('Send another')
    await message(7).getByText('lets this one message try whether it is back').waitFor()
  })

  test('follows what is typed, and asks nothing of the workbench', async () => {
    const asked: string[] = []
    page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()))
    await behave('Twilio', 'Times out')
    await settings().getByText('Hold: try no other provider').click()
    await press('Run')
    await message(1).getByText('This group holds').waitFor()
    expect(await message(1).getByRole('listitem').count()).toBe(1)
    expect(asked).toEqual([])
    page.removeAllListeners('request')
  })
})

test('a provider whose secret is missing fails in a rehearsal as it would in earnest', async () => {
  const auth = { kind: 'bearer', token: '{{secret:token}}' } as const
  const bare = providerInput({ endpoint: 'http://127.0.0.1:9/', auth }, { name: 'Bare' })
  await call('providers.save', bare)
  const id = await saveGroup('With a bare one', [bare.id, ids[0]!])
  await page.goto(`${opened.host.origin}/groups/${id}?rehearse=on`)
  const panel = page.getByRole('region', { name: 'Rehearse' })
  const how = panel.getByRole('combobox', { name: 'How Bare behaves' })
  expect([await how.inputValue(), await how.isDisabled()]).toEqual(['secret_missing', true])
  await panel.getByRole('button', { name: 'Run', exact: true }).click()
  await panel.getByText('A secret has no value').waitFor()
  await panel.getByText(/^Twilio took it after 2 attempts/).waitFor()
  await panel.getByRole('button', { name: 'Send another' }).click()
  await panel.getByText('it needs attention').first().waitFor()
  await panel.getByText('Begin with each provider’s real state').click()
  expect([await how.inputValue(), await how.isDisabled()]).toEqual(['accepts', false])
})

test('a circuit breaker that is open is shown with its member and can be reset', async () => {
  const provider = providerInput({ endpoint: 'http://127.0.0.1:9/' }, { name: 'Broken' })
  await call('providers.save', provider)
  const id = await saveGroup('With a broken one', [provider.id])
  for (let number = 0; number < breakerLimits.inARow; number += 1)
    await call('messages.send', {
      ...sendInput(id, { test: false }),
      provider: { kind: 'group', id },
    })
  await page.goto(`${opened.host.origin}/groups/${id}`)
  await line('Broken')
    .getByText(/^Circuit open for \d+ s$/)
    .waitFor()
  await line('Broken').getByRole('button', { name: 'Reset the circuit breaker of Broken' }).click()
  await page.getByText('The circuit breaker of Broken is closed').waitFor()
  await line('Broken').getByText('Circuit open').waitFor({ state: 'detached' })
})

test('figures leave simulated sends and tests out as the Providers page does', async () => {
  const { providerId } = await call('tour.start')
  const id = await saveGroup('Only simulated', [providerId])
  await call('messages.send', { ...sendInput(id), provider: { kind: 'group', id } })
  await page.goto(`${opened.host.origin}/groups`)
  const row = table().getByRole('row', { name: /Only simulated/ })
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
  await saveGroup('Soon gone', ids.slice(0, 2), ['NO'])
  await page.goto(`${opened.host.origin}/groups`)
  const row = table().getByRole('row', { name: /Soon gone/ })
  await row.getByRole('button', { name: 'Actions for Soon gone' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const asked = page.getByRole('dialog', { name: 'Delete Soon gone?' })
  await asked.getByText('Its 2 providers and all messages stay. Numbers of Norway then go through').waitFor()
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await row.focus()
  await page.keyboard.press('Delete')
  await asked.getByRole('button', { name: 'Delete group' }).click()
  await row.waitFor({ state: 'detached' })
  expect((await call('providers.list')).map(({ name }) => name)).toContain('Twilio')
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test('the page, the form and the rehearsal keep the rules of WCAG 2.2 AA', async () => {
    const { host } = opened
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const group = (await call('groups.list')).find(({ name }) => name === 'Rehearsed')
    const told = async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
      )
    }
    await page.goto(`${host.origin}/groups`)
    await table().waitFor()
    expect(await told()).toEqual([])
    await openNew()
    await save()
    await settings().getByText('Give the group a name.').waitFor()
    expect(await told()).toEqual([])
    await page.goto(`${host.origin}/groups/${group?.id}?rehearse=on`)
    await page.getByRole('combobox', { name: 'How Twilio behaves' }).selectOption('Times out')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('It may arrive twice').first().waitFor()
    expect(await told()).toEqual([])
  })
})

test('nothing of it made the page complain', () => {
  expect(opened.complaints).toEqual([])
})
