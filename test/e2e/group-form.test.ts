import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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

describe('the form', () => {
  beforeEach(() => on.openNew())

  test('makes a group of three, ordered by keys and by dragging, that is there after a reload', async () => {
    await on.nameBox().fill('Europe')
    for (const name of ['Twilio', 'Vonage', 'Plivo']) await on.pick(name)
    expect(await on.order()).toEqual(['Twilio', 'Vonage', 'Plivo'])

    await on.line('Twilio').focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByText('Twilio moved to position 2 of 3', { exact: true }).waitFor()
    expect(await on.order()).toEqual(['Vonage', 'Twilio', 'Plivo'])
    expect(await on.focused()).toBe('Twilio, 2 of 3')
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    expect(await on.order()).toEqual(['Twilio', 'Vonage', 'Plivo'])

    const first = await on.line('Twilio').boundingBox()
    await on.drag(on.line('Plivo').getByTitle('Drag to reorder'), {
      x: (first?.x ?? 0) + 9,
      y: (first?.y ?? 0) + 4,
    })
    // Where it will be put down is drawn.
    const height = await on.line('Twilio').evaluate((row) => getComputedStyle(row, '::before').height)
    expect(height).toBe('3px')
    await page.mouse.up()
    await page.getByText('Plivo moved to position 1 of 3', { exact: true }).waitFor()
    expect(await on.order()).toEqual(['Plivo', 'Twilio', 'Vonage'])
    await on.line('Plivo').getByRole('button', { name: 'Move Plivo down' }).click()
    await on.line('Plivo').getByRole('button', { name: 'Move Plivo down' }).click()
    // Its button is off now, so the line has the focus.
    expect(await on.focused()).toBe('Plivo, 3 of 3')

    await on.settings().getByRole('combobox', { name: 'Add a country' }).fill('germ')
    await page.keyboard.press('Enter')
    await on.settings().getByRole('button', { name: 'Remove Germany' }).waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText('Group saved').waitFor()
    expect(page.url()).toMatch(/\/groups\/[0-9a-f-]{36}$/)
    await page.reload()
    await on.nameBox().waitFor()
    expect(await on.nameBox().inputValue()).toBe('Europe')
    expect(await on.order()).toEqual(['Twilio', 'Vonage', 'Plivo'])
    await page.goto(`${on.opened.host.origin}/groups`)
    await on
      .table()
      .getByRole('row', { name: /Europe.*Twilio.*Vonage.*Plivo.*Germany/ })
      .waitFor()
  })

  test('says what is missing at its field, and leads there', async () => {
    await on.save()
    await on.settings().getByText('Give the group a name.').waitFor()
    await on.settings().getByText('Choose at least one provider.').waitFor()
    await on.nameBox().fill('Named')
    await on.save()
    expect(await on.focused()).toBe('Add a provider')
    expect(await page.getByText('Group saved').count()).toBe(0)
  })

  test('refuses the eleventh provider with a word, and takes it when there is room', async () => {
    for (const name of on.names.slice(0, 11)) await on.pick(name)
    await page.getByRole('alert').getByText('a group holds 10 providers at most').waitFor()
    expect(await on.order()).toEqual(on.names.slice(0, 10))
    await on.line('Twilio').focus()
    await page.keyboard.press('Delete')
    expect(await on.focused()).toBe('Vonage, 1 of 9')
    await on.pick('Spare 8')
    expect(await on.order()).toEqual(on.names.slice(1, 11))
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('asks before changes are lost', async () => {
    await on.nameBox().fill('Half done')
    await page.getByText('Not saved').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep editing' }).click()
    expect(await on.nameBox().inputValue()).toBe('Half done')
    await page.getByRole('button', { name: 'Close', exact: true }).last().click()
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('says at the field which group routes a country already', async () => {
    await on.saveGroup('France alone', [on.ids[0]!], ['FR'])
    await on.nameBox().fill('Also France')
    await on.pick('Twilio')
    const box = on.settings().getByRole('combobox', { name: 'Add a country' })
    await box.fill('france')
    await page.getByRole('option', { name: /France in “France alone”/ }).waitFor()
    await page.keyboard.press('Enter')
    await on.save()
    await on
      .settings()
      .getByRole('group', { name: 'Countries' })
      .getByText('FR is routed by the group “France alone”.')
      .waitFor()
    await on.settings().getByRole('button', { name: 'Remove France' }).click()
    await on.save()
    await page.getByText('Group saved').waitFor()
  })
})

test('what another window saves is told, and can be replaced', async () => {
  const id = await on.saveGroup('Two windows', on.ids.slice(0, 2))
  await page.goto(`${on.opened.host.origin}/groups/${id}`)
  await on.settings().getByRole('textbox', { name: 'Notes' }).fill('mine')
  const stored = await on.call('groups.get', { id })
  const { isDefault: _default, createdAt: _created, updatedAt: _updated, ...input } = stored
  await on.call('groups.save', { ...input, members: input.members.toReversed() })
  const notice = page.getByRole('status', { name: 'Changed in another window' })
  await notice.getByText('This group was saved in another window').waitFor()
  await notice.getByRole('button', { name: 'Look at the saved version' }).click()
  await notice.getByRole('row', { name: 'Providers 1. Vonage, 2. Twilio 1. Twilio, 2. Vonage' }).waitFor()
  await notice.getByRole('button', { name: 'Replace it' }).click()
  await page.getByText('Group saved').waitFor()
  expect(await on.call('groups.get', { id })).toMatchObject({ members: on.ids.slice(0, 2), notes: 'mine' })
})
