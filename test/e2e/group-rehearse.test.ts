import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openGroupPage, type GroupPage } from '../helpers/group-page.ts'
import { providerInput } from '../helpers/messages.ts'

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

describe('Rehearse', () => {
  let id: string
  const panel = () => page.getByRole('region', { name: 'Rehearse' })
  const behave = (name: string, how: string) =>
    panel()
      .getByRole('combobox', { name: `How ${name} behaves` })
      .selectOption(how)
  const press = (name: string) => panel().getByRole('button', { name, exact: true }).click()
  const message = (number: number) => panel().getByRole('region', { name: `Message ${number}` })

  beforeAll(async () => (id = await on.saveGroup('Rehearsed', on.ids.slice(0, 3))))
  beforeEach(async () => {
    await page.goto(`${on.opened.host.origin}/groups/${id}`)
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
    await on.settings().getByText('Hold: try no other provider').click()
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
  await on.call('providers.save', bare)
  const id = await on.saveGroup('With a bare one', [bare.id, on.ids[0]!])
  await page.goto(`${on.opened.host.origin}/groups/${id}?rehearse=on`)
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
