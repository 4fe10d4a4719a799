import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract.ts'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { openPage, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'
import { fillTwilio, openForm, settings } from '../helpers/vendor-form.ts'

let opened: Opened
let page: Page
let server: RawServer
let providerId: string
let address: string

async function call<Name extends CommandName>(
  name: Name,
  ...input: CommandInput<Name> extends void ? [] : [CommandInput<Name>]
): Promise<CommandOutput<Name>> {
  const answer = await opened.host.call(name, ...input)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

async function post(body: unknown): Promise<void> {
  const isForm = typeof body === 'string'
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': type },
    body: isForm ? body : JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
}

const report = (id: string, status: string, code = 0) => ({
  results: [{ messageId: id, status: { name: status }, error: { code }, doneAt: '2026-01-02 10:00:00' }],
})

beforeAll(async () => {
  let count = 0
  server = await startRawServer({
    onRequest: (socket) => socket.write(reply('200 OK', JSON.stringify({ id: `v-${(count += 1)}` }))),
  })
  opened = await openPage()
  page = opened.page
  page.on('dialog', (dialog) => void dialog.accept())
  const reading = { messageId: 'id', errorCode: '', errorText: '' }
  const provider = providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, reading }, { name: 'City' })
  await call('providers.save', provider)
  providerId = provider.id
})
afterAll(async () => {
  await opened.close()
  await server.close()
})

const sample = () => page.getByRole('region', { name: 'Callback to map' })
const mapping = () => page.getByRole('group', { name: 'Mapping' })
const read = () => sample().getByRole('status', { name: 'What is read' })

async function choose(value: RegExp, use: string): Promise<void> {
  await sample().getByRole('button', { name: value }).click()
  await page.getByRole('menuitem', { name: use, exact: true }).click()
}

test('the address is shown with its listener, and can be renewed', async () => {
  await page.goto(`${opened.host.origin}/providers`)
  await page.getByRole('button', { name: 'Actions for City' }).click()
  await page.getByRole('menuitem', { name: 'Callbacks' }).click()
  const part = page.getByRole('region', { name: 'Address for callbacks' })
  await part.getByText('The listener is stopped').waitFor()
  const topOf = async (role: 'button' | 'region', name: string) =>
    (await page.getByRole(role, { name, exact: true }).boundingBox())?.y ?? Infinity
  // The head of the part is at the top of the drawer, whatever was loaded since.
  const below = async () => (await topOf('button', 'Callbacks')) - (await topOf('region', 'Settings'))
  await expect.poll(below).toBeLessThan(12)
  await part.getByRole('button', { name: 'Start listener' }).click()
  await part.getByText('Listening on port').waitFor()
  const { local: before } = await call('callbacks.address', { providerId })
  await part.getByText(before).waitFor()
  await part.getByRole('button', { name: 'Renew address' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Renew address' }).last().click()
  await part.getByText(before).waitFor({ state: 'detached' })
  address = (await call('callbacks.address', { providerId })).local
  await part.getByText(address).waitFor()
})

test('a callback that comes is mapped by choosing its values, with the keyboard too', async () => {
  await page.getByRole('button', { name: 'Map callbacks' }).click()
  await sample().getByText('Waiting for a callback').waitFor()
  await post(report('v-0', 'DELIVRD'))

  await mapping().getByRole('textbox', { name: 'State at', exact: true }).focus()
  await sample().getByRole('button', { name: '"DELIVRD", at results[0].status.name' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menu', { name: 'Read results[0].status.name' }).waitFor()
  await page.keyboard.press('Enter')
  const field = (name: string) => mapping().getByRole('textbox', { name, exact: true })
  expect(await field('State at').inputValue()).toBe('results[0].status.name')

  // The list is chosen as the list of records, and the path is named anew from there.
  await choose(/^\[ 1 entry/, 'Each entry is a record')
  expect(await field('State at').inputValue()).toBe('status.name')
  await choose(/^"v-0", at/, 'Vendor’s message id')
  await choose(/^0, at/, 'Error code')
  await choose(/10:00:00/, 'Time')
  await read().getByText('DELIVRD is in no line of the table').waitFor()
  await mapping().getByRole('button', { name: 'DELIVRD', exact: true }).click()
  await read().getByText('Delivered (DELIVRD)').waitFor()

  // What is wrong stands at its field.
  await field('Error text at').fill('a..b')
  await field('Error text at').blur()
  await mapping().getByText('“..” is not supported').waitFor()
  await field('Error text at').fill('')
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Provider saved').waitFor()

  const { settings: saved } = await call('providers.get', { id: providerId })
  expect(saved.callbacks).toMatchObject({
    receipts: { itemsAt: 'results[*]', id: 'messageId', status: 'status.name', error: 'error.code' },
    replies: null,
    timeForm: 'plain',
  })
})

test('a message’s story shows what comes for it at once, and what it did', async () => {
  const message = await call('messages.send', sendInput(providerId))
  await page.goto(`${opened.host.origin}/messages/${message.id}`)
  const story = page.getByRole('list', { name: 'Story' })
  await story.getByRole('link', { name: 'How receipts of this provider come here' }).waitFor()

  const id = message.providerMessageId ?? ''
  await post(report(id, 'DELIVRD'))
  const first = story.getByRole('region', { name: 'Receipt: Delivered' }).first()
  await first.getByText('Counted').waitFor()
  await page.getByRole('main').getByText('Delivered', { exact: true }).first().waitFor()
  await first.getByText('Signature unchecked').waitFor()
  await post(report(id, 'DELIVRD'))
  await story.getByText('The same had come before. It counts once.').waitFor()
  await post(report(id, 'SOMETHING'))
  await story.getByRole('region', { name: 'Receipt: no known state' }).waitFor()

  await first.getByRole('button', { name: 'As received' }).click()
  await first.getByText('messageId').first().waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
})

test('a pasted form with a batch of its own kind is mapped before anything has come', async () => {
  await openForm(page, 'nimbus')
  await settings(page)
    .getByRole('button', { name: /^Callbacks/ })
    .click()
  await settings(page).getByText('comes with saving').waitFor()
  await page.getByRole('button', { name: 'Map callbacks' }).click()
  expect(await mapping().getByRole('textbox', { name: 'Word 1' }).inputValue()).toBe('DELIVRD')
  await sample().getByRole('button', { name: 'Paste a callback' }).click()
  await page.getByLabel('Body of the callback').fill('sms.id=77&sms.state=DELIVRD&mobile=919812345678')
  await page.getByRole('button', { name: 'Use this callback' }).click()
  await choose(/^"77", at/, 'Vendor’s message id')
  await choose(/^"DELIVRD", at/, 'State')
  await read().getByText('Delivered (DELIVRD)').waitFor()
})

test('a vendor’s field for the address is filled by a button', async () => {
  await fillTwilio(page)
  await settings(page)
    .getByRole('button', { name: /^Callbacks/ })
    .click()
  await settings(page).getByRole('button', { name: 'Send it along with each message' }).click()
  const field = settings(page).getByRole('textbox', { name: /^Delivery receipts to/ })
  expect(await field.inputValue()).toBe('$$CallbackURL')
  await settings(page).getByText('Checked with “Auth Token”').waitFor()
  expect(opened.complaints).toEqual([])
})
