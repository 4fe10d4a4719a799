import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openPage, sendFromForm, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'

let opened: Opened
let server: RawServer
let answer = ''
let status = '200 OK'

beforeAll(async () => {
  server = await startRawServer({
    onRequest: (socket) => {
      const type = answer.startsWith('<')
        ? 'text/xml'
        : answer.startsWith('{')
          ? 'application/json'
          : 'text/plain'
      socket.end(reply(status, answer, [`Content-Type: ${type}`, 'Connection: close']))
    },
  })
  opened = await openPage()
})
afterAll(async () => {
  await opened.close()
  await server.close()
})

beforeEach(async () => {
  const { page, host } = opened
  page.removeAllListeners('dialog')
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`${host.origin}/providers/new/generic`)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`Gateway ${crypto.randomUUID()}`)
  await page
    .getByRole('textbox', { name: 'Endpoint', exact: true })
    .fill(`http://127.0.0.1:${server.port}/send`)
})

const sample = () => opened.page.getByRole('region', { name: 'Answer to read' })
const field = (name: string) => opened.page.getByRole('textbox', { name, exact: true })

async function sendAndSee(body: string, line = '200 OK'): Promise<void> {
  answer = body
  status = line
  await sendFromForm(opened.page, '+15005550006')
  await sample().getByText('Last real answer').waitFor()
}

test('rules are written against the answer that just came, and say at once what they find', async () => {
  const { page } = opened
  await sendAndSee('{"status":"queued","messages":[{"id":12345678901234567890}],"error":null}')
  await sample().getByText('accepted').waitFor()

  await field('Error code at').fill('nowhere.at.all')
  await page.getByText('Nothing is at this path.').waitFor()
  await field('Error code at').fill('')

  // With the keyboard: the field that one was in comes first.
  await field('Message id at').focus()
  await sample().getByRole('button', { name: '12345678901234567890, at messages[0].id' }).focus()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: 'Read messages[0].id' })
  await menu.waitFor()
  await page.keyboard.press('Enter')
  expect(await field('Message id at').inputValue()).toBe('messages[0].id')
  await page.getByText('Found: 12345678901234567890').waitFor()

  await sample().getByRole('button', { name: '"queued", at status' }).click()
  await page.getByRole('menuitem', { name: 'Use as success value' }).click()
  await page.getByText('The body fits. Found: queued').waitFor()
  await page.getByLabel('Equals (empty: exists)').fill('sent')
  await page.getByText('The body does not fit. Found: queued').waitFor()
  await sample().getByText('accepted').waitFor({ state: 'detached' })
})

test('an XML answer is read by XML paths', async () => {
  const { page } = opened
  await sendAndSee('<?xml version="1.0"?><r><m code="0"><id>a-1</id></m><m code="7"><id>a-2</id></m></r>')
  await sample().getByRole('button', { name: '"7", at /r/m[2]/@code' }).click()
  await page.getByRole('menuitem', { name: 'Use as error code' }).click()
  await page.getByText('Found: 7', { exact: true }).waitFor()
  await sample().getByRole('button', { name: 'a-1, at /r/m[1]/id' }).click()
  await page.getByRole('menuitem', { name: 'Use as success value' }).click()
  await page.getByText('The body fits. Found: a-1').waitFor()
  expect(await page.getByLabel('And the body').inputValue()).toBe('xml')
})

test('a vendor’s code becomes a rule with one click, and changes the verdict', async () => {
  const { page } = opened
  await sendAndSee('{"error":{"code":30007,"message":"Blocked by carrier"}}', '400 Bad Request')
  await sample().getByText('misconfigured').waitFor()
  await field('Error code at').fill('error.code')
  await page.getByRole('button', { name: 'Add 30007 from this answer' }).click()
  expect(await field('Code 1').inputValue()).toBe('30007')
  await sample().getByText('rejected', { exact: true }).waitFor()
  await page.getByLabel('Meaning of code 1').selectOption('unavailable')
  await sample().getByText('unavailable', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Delete code 30007' }).click()
  await sample().getByText('misconfigured').waitFor()
})

test('plain text is read by a pattern', async () => {
  await sendAndSee('OK 4711')
  await field('Message id at').fill('~^OK (\\d+)')
  await opened.page.getByText('Found: 4711').waitFor()
  await field('Error text at').fill('error')
  await opened.page.getByText('The answer cannot be read as JSON.').first().waitFor()
})

test('before anything is sent, an answer can be pasted; a real one takes its place', async () => {
  const { page } = opened
  await page.getByRole('button', { name: 'Paste a sample answer' }).click()
  await page.getByRole('textbox', { name: 'Status', exact: true }).fill('202')
  await page.getByLabel('Body of the answer').fill('{"id":"abc"}')
  expect(await page.getByLabel('Content type of the answer').inputValue()).toBe('application/json')
  await page.getByRole('button', { name: 'Use this answer' }).click()
  await sample().getByText('Pasted answer').waitFor()
  await field('Message id at').fill('id')
  await page.getByText('Found: abc').waitFor()
  await sendAndSee('{"id":"real-1"}')
  await page.getByText('Found: real-1').waitFor()
})

test('a provider that was tested before brings its last answer along', async () => {
  const { page } = opened
  await sendAndSee('{"id":"kept-1"}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)
  await page.reload()
  await sample().getByRole('button', { name: '"kept-1", at id' }).waitFor()
})
