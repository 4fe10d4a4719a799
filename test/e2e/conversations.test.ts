import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { testMapping } from '../helpers/callbacks.ts'
import { providerInput } from '../helpers/messages.ts'
import { openPage, startSimulator, type Opened } from '../helpers/page.ts'

const number = '+14155550123'
let opened: Opened
let address = ''
let simulatedId = ''
beforeAll(async () => {
  opened = await openPage()
  const { host } = opened
  await startSimulator(host)
  const tour = must(await host.call('tour.start'))
  simulatedId = tour.providerId
  must(await host.call('listener.start'))
  const provider = providerInput({ callbacks: testMapping }, { name: 'Gateway' })
  must(await host.call('providers.save', provider))
  address = must(await host.call('callbacks.address', { providerId: provider.id })).local
})
afterAll(() => opened.close())

function must<T>(outcome: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

let at = 1_700_000_000
async function replied(message: string, msisdn = number): Promise<void> {
  const body = JSON.stringify({ msisdn, shortcode: '5555', message, at: String((at += 1)) })
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(200)
}
async function sent(to: string, text: string): Promise<string> {
  const provider = { kind: 'saved' as const, id: simulatedId }
  const input = { key: randomUUID(), provider, to, country: null, text, values: {}, test: true }
  return must(await opened.host.call('messages.send', input)).id
}
const go = (path: string) => opened.page.goto(`${opened.host.origin}${path}`)

test('a STOP word opts a number out while one looks, START undoes it, and so do buttons', async () => {
  const { page } = opened
  await sent(number, 'Your code is 123456')
  await go('/conversations')
  await page.getByRole('row', { name: /\+1 415 555 0123/ }).click()
  const thread = page.getByRole('region', { name: 'Conversation with +1 415 555 0123' })
  await thread.getByText('Your code is 123456').waitFor()
  await thread.getByText('1 message, 0 replies').waitFor()

  await replied('Stop!')
  const banner = thread.getByRole('note')
  await banner.getByText('by replying “Stop!” to Gateway').waitFor()
  await thread.getByText('Opted out by this').waitFor()
  await page.getByRole('row', { name: /\+1 415 555 0123 Opted out/ }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])

  await thread.getByRole('button', { name: 'Send to this number' }).click()
  const drawer = page.getByRole('dialog', { name: 'Send Test SMS' })
  await drawer.getByText(/This number opted out by replying “Stop!” to Gateway/).waitFor()
  expect(await drawer.getByLabel('To', { exact: true }).inputValue()).toBe(number)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })

  await replied('start')
  await banner.waitFor({ state: 'detached' })
  await thread.getByRole('button', { name: 'Opt out' }).click()
  const question = page.getByRole('dialog', { name: 'Opt out +1 415 555 0123?' })
  await question.getByRole('button', { name: 'Opt out' }).click()
  await banner.getByText('Opted out by hand').waitFor()
  await page.getByRole('tab', { name: 'Opted out' }).click()
  await page.getByRole('row', { name: /\+1 415 555 0123/ }).click()
  await banner.getByRole('button', { name: 'Opt in' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Opt in' }).click()
  await banner.waitFor({ state: 'detached' })
})

test('numbers are found by what was said, and a short code has a conversation of its own', async () => {
  const { page } = opened
  await replied('Ein Gruß', '55123')
  await go('/conversations')
  await page.getByRole('searchbox').fill('gruss')
  await page.getByRole('row', { name: /55123/ }).click()
  await page.getByRole('region', { name: 'Conversation with 55123' }).getByText('Ein Gruß').waitFor()
  await page.reload()
  await page.getByRole('region', { name: 'Conversation with 55123' }).getByText('Ein Gruß').waitFor()
  await page.getByRole('searchbox').fill('nothing has this')
  await page.getByText('No number fits').waitFor()
  await page.getByRole('button', { name: 'Show all numbers' }).click()
  await page.getByRole('row', { name: /\+1 415 555 0123/ }).waitFor()
})

test('a word stands in one list; what is saved holds for the next reply', async () => {
  const { page } = opened
  await go('/conversations/words')
  const stop = page.getByLabel('STOP words', { exact: true })
  await stop.fill('STOP\nARRÊT')
  await page.getByLabel('HELP words', { exact: true }).fill('HELP\nstop.')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('“stop.” is one of the STOP words. Keep it in one list.').waitFor()
  await page.getByLabel('HELP words', { exact: true }).fill('HELP')
  await page.getByLabel('Answer to HELP words').fill('Write to help@example.com')
  await page.getByText('1 segment', { exact: true }).waitFor()
  await page.getByLabel('Try a reply').fill('arrêt')
  await page.getByText('Opts the number out', { exact: true }).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Words saved').waitFor()

  await replied('Arrêt')
  await go('/conversations/14155550123')
  await page.getByRole('note').getByText('by replying “Arrêt” to Gateway').waitFor()
  await go('/conversations/words')
  await page.getByRole('button', { name: 'Restore default lists' }).click()
  await page.getByRole('tab', { name: 'Conversations', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('10 words; a reply opts the number out.').waitFor()
})

test('the phone shows what it received, and a reply and a click from it reach the workbench', async () => {
  const { page, host } = opened
  const to = '+14155550177'
  const id = await sent(to, 'Your parcel: https://example.com/p/1.')
  await go('/simulator/phone')
  await page.getByRole('row', { name: /\+1 415 555 0177/ }).click()
  const phone = page.getByRole('region', { name: 'Phone of +1 415 555 0177' })
  await phone.getByRole('img', { name: 'Receipt: delivered' }).waitFor()
  await phone.getByRole('button', { name: 'https://example.com/p/1', exact: true }).click()
  await phone.getByText('Click taken (200)').waitFor()
  await phone.getByLabel('Reply', { exact: true }).fill('Thank you')
  await page.keyboard.press('Enter')
  await phone.getByText('Reply taken (200)').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])

  await phone.getByRole('button', { name: 'Reply STOP' }).click()
  await phone.getByText('Opted out', { exact: true }).waitFor()
  await phone.getByRole('link', { name: 'Conversation' }).click()
  const thread = page.getByRole('region', { name: 'Conversation with +1 415 555 0177' })
  await thread.getByText('Thank you').waitFor()
  await thread.getByText('1 click').waitFor()
  await thread.getByText('Delivered', { exact: true }).waitFor()
  expect(must(await host.call('messages.get', { id })).state).toBe('delivered')

  must(await host.call('listener.stop'))
  await go('/simulator/phone/14155550177')
  await phone.getByLabel('Reply', { exact: true }).fill('Is anybody there?')
  await page.keyboard.press('Enter')
  await phone.getByText(/Reply not taken/).waitFor()
  await page.getByRole('button', { name: 'Start listener' }).click()
  await phone.getByRole('button', { name: 'Send again' }).click()
  await phone.getByText(/Reply not taken/).waitFor({ state: 'detached' })
  expect(opened.complaints).toEqual([])
})
