import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, sendFromForm, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'

let opened: Opened
let server: RawServer
const requests: string[] = []

beforeAll(async () => {
  server = await startRawServer({
    onRequest: (socket, request) => {
      requests.push(request)
      const body = '{"status":"queued","error":{"code":30007,"message":"Blocked"}}'
      socket.end(reply('200 OK', body, ['Content-Type: application/json', 'Connection: close']))
    },
  })
  opened = await openPage()
  const { page, host } = opened
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`${host.origin}/providers/new/generic`)
  await field('Name').fill('Gateway')
  await field('Endpoint').fill(`http://127.0.0.1:${server.port}/send`)
})
afterAll(async () => {
  await opened.close()
  await server.close()
})

const field = (name: string) => opened.page.getByRole('textbox', { name, exact: true })
const sample = () => opened.page.getByRole('region', { name: 'Answer to read' })
const verdict = (words: string) => opened.page.getByText(words).first()

async function save(): Promise<void> {
  await opened.page.getByRole('button', { name: 'Save', exact: true }).click()
  await opened.page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)
}

test('a word for the encoding is proposed after two curly brackets, and goes out with the text', async () => {
  const { page } = opened
  await field('Endpoint').press('End')
  await field('Endpoint').pressSequentially('?type={{')
  await page.getByRole('option', { name: '{{encoding:TEXT|UNICODE}}' }).waitFor()
  await field('Endpoint').press('Enter')
  expect(await field('Endpoint').inputValue()).toMatch(/\?type=\{\{encoding:TEXT\|UNICODE\}\}$/)
  await sendFromForm(page, '+15005550006')
  await sample().getByText('Last real answer').waitFor()
  expect(requests.at(-1)).toContain('/send?type=TEXT')
})

test('further values of a JSON test count, and are there again after saving', async () => {
  const { page } = opened
  await page.getByLabel('And the body').selectOption('json')
  await field('Path').fill('status')
  await page.getByLabel('Equals (empty: exists)').fill('ok')
  await page.getByText('The body does not fit. Found: queued').waitFor()
  const another = page.getByRole('button', { name: 'or another value' })
  await another.click()
  await page.keyboard.type('queued')
  await page.getByText('The body fits. Found: queued').waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('sent')
  await another.click()
  await page.keyboard.press('Tab')
  expect(await field('Or equals, 2').inputValue()).toBe('sent')
  expect(await field('Or equals, 3').count()).toBe(0)
  await save()
  await page.reload()
  await field('Or equals, 1').waitFor()
  expect(await field('Or equals, 1').inputValue()).toBe('queued')
  await page.getByRole('button', { name: 'Delete value queued' }).click()
  await page.getByText('The body does not fit. Found: queued').waitFor()
  expect(await field('Or equals, 1').inputValue()).toBe('sent')
})

test('the words of a code are what a verdict says', async () => {
  const { page } = opened
  await field('Error code at').fill('nothing || error.code')
  await page.getByText('Found: 30007', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Add 30007 from this answer' }).click()
  const words = page.getByRole('button', { name: 'Words for code 30007' })
  expect(await words.getAttribute('aria-expanded')).toBe('false')
  await words.click()
  await field('Cause').fill('A carrier filtered the text.')
  await field('Next step').fill('Register the sender with the carrier.')
  await sendFromForm(page, '+15005550006')
  await verdict('A carrier filtered the text.').waitFor()
  await verdict('Register the sender with the carrier.').waitFor()
  await words.click()
  await page.getByRole('group', { name: 'Code 1', exact: true }).getByText('A carrier filtered').waitFor()
})

test('a long table of codes is searched, and what is added stands in it', async () => {
  const { page } = opened
  const find = page.getByRole('searchbox', { name: 'Find a code' })
  const lines = page.getByRole('textbox', { name: /^Code \d+$/ })
  for (let code = 2; code <= 13; code += 1) {
    await page.getByRole('button', { name: 'Add code' }).click()
    await page.keyboard.type(`E-${code}`)
  }
  await find.fill('filtered')
  await page.getByText('1 found').waitFor()
  expect(await lines.count()).toBe(1)
  expect(await lines.inputValue()).toBe('30007')
  await page.getByRole('button', { name: 'Add code' }).click()
  expect(await find.inputValue()).toBe('')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Code 14')
  await page.keyboard.type('30007')
  await find.fill('e-13')
  expect(await lines.count()).toBe(1)
  await page.getByRole('button', { name: 'Delete code E-13' }).click()
  await find.fill('')
  expect(await lines.count()).toBe(13)
})
