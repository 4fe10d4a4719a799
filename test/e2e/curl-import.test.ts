import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, type Opened } from '../helpers/page.ts'

let opened: Opened
let vendor: Server
let address: string
const seen: { url: string; authorization: string; body: URLSearchParams }[] = []

beforeAll(async () => {
  vendor = createServer(
    (request, response) => void answer(request).then((text) => response.writeHead(201).end(text)),
  )
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`
  opened = await openPage()
})
afterAll(async () => {
  await opened.close()
  vendor.close()
})

async function answer(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const authorization = request.headers.authorization ?? ''
  seen.push({ url: request.url ?? '', authorization, body: new URLSearchParams(body) })
  return JSON.stringify({ sid: 'SM1', status: 'queued' })
}

const sample = () => `# Send a message
curl -X POST '${address}/2010-04-01/Accounts/AC00112233/Messages.json' \\
  --data-urlencode 'Body=It'\\''s ready: 50% off & more' \\
  --data-urlencode 'From=+15005550006' \\
  --data-urlencode 'To=+15558675310' \\
  -u 'AC00112233:s3cr3t-t0ken' | jq .`

/** Counts what a person has to click. */
function clicker() {
  const clicks = { count: 0, on: (target: Locator) => ((clicks.count += 1), target.click()) }
  return clicks
}

test('a pasted sample becomes a working test send in six clicks', async () => {
  const { page } = opened
  const start = performance.now()
  const click = clicker()
  await click.on(page.getByRole('button', { name: 'Import from cURL' }))
  await page.getByLabel('The vendor’s sample command').and(page.locator(':focus')).waitFor()
  await page.keyboard.insertText(sample())

  const reading = page.getByRole('region', { name: 'Reading' })
  await reading.getByText('POST', { exact: true }).waitFor()
  expect(await reading.innerText()).not.toContain('s3cr3t-t0ken')
  expect(await reading.getByLabel('parameter To becomes').inputValue()).toBe('To')
  expect(await reading.getByLabel('parameter Body becomes').inputValue()).toBe('Body')
  await reading.getByRole('region', { name: 'No effect here' }).getByText('jq .').waitFor()

  await click.on(page.getByRole('button', { name: 'Continue' }))
  await page.getByText('Not saved').waitFor()
  await click.on(page.getByRole('dialog').getByRole('button', { name: 'Send Test SMS' }))
  const part = page.getByRole('region', { name: 'Send Test SMS' })
  await part.getByLabel('To', { exact: true }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('+14155550123')
  await click.on(part.getByRole('button', { name: 'Send', exact: true }))
  await page.getByText('The provider accepted the message').waitFor()

  process.stderr.write(
    `From paste to accepted: ${Math.round(performance.now() - start)} ms, ${click.count} clicks\n`,
  )
  expect(click.count).toBeLessThanOrEqual(6)
  const text = await part.getByLabel('Text', { exact: true }).inputValue()
  const [request] = seen
  expect(request?.url).toBe('/2010-04-01/Accounts/AC00112233/Messages.json')
  expect(request?.authorization).toBe(`Basic ${btoa('AC00112233:s3cr3t-t0ken')}`)
  expect(Object.fromEntries(request?.body ?? [])).toEqual({
    Body: text,
    From: '+15005550006',
    To: '+14155550123',
  })
})

test('leaving the filled form asks', async () => {
  const { page } = opened
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.goto(new URL('/providers/new/generic', page.url()).href)
  expect(await page.getByRole('textbox', { name: 'Endpoint', exact: true }).innerText()).not.toContain(
    'Accounts',
  )
})

test('values that are not clear are asked about, and the answer shows at once in the request', async () => {
  const { page } = opened
  await page.goto(new URL('/providers/import', page.url()).href)
  const box = page.getByLabel('The vendor’s sample command')
  await box.fill(
    `curl ${address}/send -H 'apikey: k-778899' -d dest=447946095800 -d zz=+447700900123 -d text=Hi -d message=Hey`,
  )
  const choose = page.getByRole('region', { name: 'Choose' })
  const request = page.getByRole('region', { name: 'Request' })
  await choose.getByLabel('parameter message becomes').selectOption('Body')
  await choose.getByLabel('parameter text becomes').selectOption('leave')
  await request.getByText('$$Body').waitFor()
  expect(await request.innerText()).toMatch(/text\s+Hi\s+message\s+\$\$Body/)
  expect(await page.getByRole('region', { name: 'Reading' }).innerText()).not.toContain('k-778899')
})

test('the shell can be changed, and a command that cannot be taken over says why', async () => {
  const { page } = opened
  const box = page.getByLabel('The vendor’s sample command')
  await box.fill(`curl ${address}/send -d "to=^+447700900123" -d "text=a 'b' c"`)
  await page.getByRole('radiogroup', { name: 'Quoting of' }).getByText('cmd').click()
  await page.getByLabel('parameter to becomes').waitFor()

  await box.fill(`curl ${address}/send -F to=+447700900123 -F text=Hi`)
  await page.getByRole('alert').getByText('multipart form (to, text)').waitFor()
  expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true)
  expect(opened.complaints).toEqual([])
})

test('a quote that is not closed holds the command back, and Show it selects it', async () => {
  const { page } = opened
  // The shell that was chosen before stays chosen as long as the drawer is open.
  await page.goto(new URL('/providers/new/generic', page.url()).href)
  await page.goto(new URL('/providers/import', page.url()).href)
  const box = page.getByLabel('The vendor’s sample command')
  await box.fill(
    `curl ${address}/send \\\n  -H 'X-Api-Key: abc \\\n  -d 'to=+447700900123' \\\n  -d 'text=Hi'`,
  )
  await page.getByRole('alert').getByText('line 2, column 6 is not closed').waitFor()
  expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Show it' }).click()
  await box.and(page.locator(':focus')).waitFor()
  const selected = await box.evaluate((element) => {
    const area = element as HTMLTextAreaElement
    return area.value.slice(area.selectionStart, area.selectionEnd)
  })
  expect(selected).toBe("'X-Api-Key: abc")
})
