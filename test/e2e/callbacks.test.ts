import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { MessageStory } from '#shared/message.ts'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { testMapping } from '../helpers/callbacks.ts'
import { freePort } from '../helpers/free-port.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { openPage, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'

let opened: Opened
let page: Page
let server: RawServer
const provider = providerInput({
  reading: { messageId: 'id', errorCode: '', errorText: '' },
  callbacks: testMapping,
})
provider.name = 'Gateway'

beforeAll(async () => {
  opened = await openPage()
  page = opened.page
  let count = 0
  server = await startRawServer({
    onRequest: (socket) => {
      count += 1
      socket.write(reply('200 OK', JSON.stringify({ id: `vendor-${count}` })))
    },
  })
  provider.settings.endpoint = `http://127.0.0.1:${server.port}/`
  await value(opened.host.call('providers.save', provider))
  const { settings } = await value(opened.host.call('listener.status'))
  await value(opened.host.call('listener.configure', { ...settings, port: await freePort() }))
})
afterAll(async () => {
  await opened.close()
  await server.close()
})

async function value<T>(asked: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> {
  const outcome = await asked
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.value
}
const at = (path: string) => page.goto(`${opened.host.origin}${path}`)
const address = async () =>
  (await value(opened.host.call('callbacks.address', { providerId: provider.id }))).local
const send = (to: string): Promise<MessageStory> =>
  value(opened.host.call('messages.send', sendInput(provider.id, { to, test: false })))
async function post(body: unknown): Promise<void> {
  const answer = await fetch(await address(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
}
const rowOf = (name: RegExp) => page.getByRole('table', { name: 'Callbacks' }).getByRole('row', { name })
const details = (name: RegExp) => page.getByRole('complementary', { name })

test('the listener is started from the empty page, and what comes is shown with what it did', async () => {
  await at('/callbacks')
  await page.getByRole('heading', { name: 'The callback listener is stopped' }).waitFor()
  await page.getByRole('button', { name: 'Start it' }).click()
  await page.getByRole('heading', { name: 'No callback yet' }).waitFor()
  await page.getByRole('button', { name: /^Listener running/ }).waitFor()

  const message = await send('+447700900123')
  await post({ id: message.providerMessageId, status: 'UNDELIV', code: '21', reason: 'Absent subscriber' })
  const row = rowOf(/Undelivered \(UNDELIV\)/)
  await row.getByText('+44 7700 900123').waitFor()
  await row.getByText('Counted').waitFor()
  await row.focus()
  await page.keyboard.press('Enter')
  const open = details(/Receipt to Gateway/)
  await open.getByText('The message changed by it.').waitFor()
  await open.getByText(/It did not arrive \(code 21\)/).waitFor()
  await open.getByRole('tab', { name: 'Request' }).click()
  await open.getByLabel('Request body').getByText('"Absent subscriber"').waitFor()
  await open.getByRole('tab', { name: 'cURL' }).click()
  const command = open.getByLabel('cURL command')
  const key = (await address()).split('/c/')[1] ?? ''
  expect(await command.innerText()).not.toContain(key)
  await open.getByRole('button', { name: 'With secrets' }).click()
  await command.getByText(key).waitFor()
  await open.getByRole('link', { name: 'Message to +44 7700 900123' }).click()
  await page.waitForURL(`**/messages/${message.id}`)
  await page.goBack()
  await open.waitFor()
  await page.keyboard.press('Escape')
  await open.waitFor({ state: 'detached' })
})

test('what matches nothing says why, and filters find it by an address that can be kept', async () => {
  await post({ id: 'nobody', status: 'DELIVRD' })
  await post({ msisdn: '+447700900123', shortcode: '5555', message: 'Hello there' })
  await post('{ not json')
  // The row that was read has the focus still.
  await page.getByRole('button', { name: '3 new' }).click()
  await rowOf(/Unreadable/).click()
  await details(/Callback to Gateway/)
    .getByText(/JSON .*character/)
    .first()
    .waitFor()
  await details(/Callback/)
    .getByRole('button', { name: 'Older callback' })
    .click()
  await details(/Reply to Gateway/)
    .getByText('Hello there')
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('combobox', { name: 'Result' }).fill('wait')
  await page.keyboard.press('Enter')
  await page.getByText('1 callback', { exact: true }).waitFor()
  await page.reload()
  await rowOf(/Waiting/).click()
  await details(/Receipt/)
    .getByText('No message that was sent through this provider has this id.')
    .first()
    .waitFor()
  await page.getByRole('searchbox', { name: 'Search callbacks' }).fill('zzz')
  await page.getByRole('heading', { name: 'No callback fits' }).waitFor()
  await page.getByRole('button', { name: 'Show all callbacks' }).click()
  await page.getByText('4 callbacks').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
})

test('what comes while one reads or has paused waits, and what is read stays in place', async () => {
  const row = rowOf(/Hello there/)
  await row.focus()
  const before = await row.boundingBox()
  for (let count = 0; count < 3; count += 1) await post({ id: `other-${count}`, status: 'SENT' })
  await page.getByRole('button', { name: '3 new' }).waitFor()
  expect(await row.boundingBox()).toEqual(before)
  await page.getByRole('button', { name: '3 new' }).click()
  await page.getByText('7 callbacks').waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('heading', { name: 'Callbacks' }).click()
  await post({ id: 'paused', status: 'SENT' })
  await page.getByRole('button', { name: '1 new' }).waitFor()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('8 callbacks').waitFor()
})

test('one is replayed, edited and replayed, and many at once', async () => {
  await rowOf(/UNDELIV/).focus()
  await page.keyboard.press('r')
  await page.getByText('Replayed: repeat').waitFor()
  await page.getByRole('heading', { name: 'Callbacks' }).click()
  await rowOf(/UNDELIV.*Repeat/).click()
  const open = details(/Receipt to Gateway/)
  await open.getByRole('link', { name: 'an earlier one' }).waitFor()
  await open.getByRole('button', { name: 'Edit and replay' }).click()
  const drawer = page.getByRole('dialog', { name: 'Edit and replay' })
  const body = drawer.getByRole('textbox', { name: 'Body' })
  const kept = await body.inputValue()
  await body.fill(kept.replace('UNDELIV', 'DELIVRD'))
  await drawer.getByRole('textbox', { name: 'Other headers' }).fill('no colon here')
  await drawer.getByRole('button', { name: 'Send callback' }).click()
  await drawer.getByText('Write line 1 as a name, a colon and a value.').waitFor()
  await drawer.getByRole('textbox', { name: 'Other headers' }).fill('X-Note: edited')
  await drawer.getByRole('button', { name: 'Send callback' }).click()
  await drawer.getByText('Conflict').waitFor()
  await drawer.getByRole('button', { name: 'Open it in Callbacks' }).click()
  await open.getByText('Written by hand').waitFor()
  await open.getByRole('button', { name: 'Close' }).click()

  // What came while one read stands at the top a moment after the details are closed.
  await rowOf(/DELIVRD.*Conflict/).waitFor()
  const boxes = page.getByRole('table', { name: 'Callbacks' }).getByRole('checkbox')
  await boxes.nth(0).check()
  await boxes.nth(2).click({ modifiers: ['Shift'] })
  await page.getByRole('button', { name: 'Replay 3' }).click()
  await page.getByText('3 callbacks replayed').waitFor()
  await page.getByText('13 callbacks').waitFor()
})

test('a message’s page pretends what its vendor would say', async () => {
  const { id } = await send('+447700900456')
  await at(`/messages/${id}`)
  await page.getByRole('button', { name: 'Pretend that…' }).click()
  const drawer = page.getByRole('dialog', { name: 'Pretend that…' })
  const body = drawer.getByRole('textbox', { name: 'Body' })
  await drawer.getByText('Clicked', { exact: true }).click()
  await drawer.getByRole('textbox', { name: 'Address that was clicked' }).fill('https://example.com/offer')
  await expect.poll(() => body.inputValue()).toContain('https://example.com/offer')
  await drawer.getByText('Delivered', { exact: true }).click()
  await expect.poll(() => body.inputValue()).toContain('"event":"delivered"')
  expect(await faultsInBothThemes(page)).toEqual([])
  await drawer.getByRole('button', { name: 'Send callback' }).click()
  await drawer.getByText('Counted').waitFor()
  await drawer.getByRole('button', { name: 'Close' }).last().click()
  await drawer.waitFor({ state: 'detached' })
  expect(await value(opened.host.call('messages.get', { id }))).toMatchObject({ state: 'delivered' })
})

test('the listener’s settings say what is wrong at the field, and an address is renewed', async () => {
  await at('/callbacks')
  await page.getByRole('tab', { name: 'Listener' }).click()
  const form = page.getByRole('form', { name: 'Listener settings' })
  const port = form.getByRole('textbox', { name: 'Port' })
  const kept = await port.inputValue()
  await port.fill('80')
  await form.getByRole('textbox', { name: 'Public base URL' }).fill('abc.example.net')
  await form.getByText('Listen on all interfaces').click()
  await form.getByText(/Whoever knows a provider’s address/).waitFor()
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText('Enter a port from 1024 to 65535.').waitFor()
  await form.getByText(/Start with https:\/\/ and the host/).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await form.getByText('Listen on all interfaces').click()
  await port.fill(kept)
  await form.getByRole('textbox', { name: 'Public base URL' }).fill('https://abc.example.net')
  await form.getByRole('button', { name: 'Save' }).click()
  const table = page.getByRole('table', { name: 'Addresses' })
  const before = await address()
  await table.getByText(/https:\/\/abc\.example\.net\/c\//).waitFor()
  await table.getByRole('button', { name: 'Renew address of Gateway' }).click()
  await page
    .getByRole('dialog')
    .getByText(/The old address takes nothing any more/)
    .waitFor()
  await page.getByRole('button', { name: 'Renew address', exact: true }).click()
  await page.getByText('“Gateway” has a new address').waitFor()
  expect((await fetch(before, { method: 'POST', body: 'a' })).status).toBe(404)
  await page.getByRole('tab', { name: 'Received' }).click()
  await rowOf(/Unknown address/).click()
  await details(/an unknown address/)
    .getByText(/belongs to no provider/)
    .waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
})

test('it is stopped from the palette, and all is cleared after a question; nothing complained', async () => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search pages/ }).fill('stop the callback')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Start listener' }).waitFor()
  await page.getByRole('button', { name: 'Clear…' }).click()
  await page.getByRole('button', { name: 'Clear callbacks' }).click()
  await page.getByRole('heading', { name: 'The callback listener is stopped' }).waitFor()
  expect(opened.complaints).toEqual([])
})
