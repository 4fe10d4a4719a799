import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../helpers/accessibility.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { openPage, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'
import { headerRows } from '../helpers/settings.ts'

const awkward = 'It’s "50 %" off!\n$HOME `id` \\ ^ & 😀'
let opened: Opened
let server: RawServer
let providerId: string

beforeAll(async () => {
  server = await startRawServer({
    onRequest: (socket, request) =>
      socket.end(
        request.includes('Second')
          ? reply('401 Unauthorized', '{"error":{"code":20003},"request":"b"}', ['Connection: close'])
          : reply('200 OK', '{"id":"a1","request":"a"}', ['Connection: close']),
      ),
  })
  opened = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  const input = providerInput(
    {
      endpoint: `http://127.0.0.1:${server.port}/v1/send?list[]=1`,
      headers: headerRows({ 'X-Api-Key': '{{secret:api_key}}' }),
      parameters: { kind: 'raw', contentType: 'application/json', text: '{"to":"$$To","text":"$$Body"}' },
    },
    { name: 'Gateway', secrets: { api_key: `s3cr3t'key` } },
  )
  providerId = input.id
  await opened.host.call('providers.save', input)
  await opened.host.call('messages.send', sendInput(providerId, { text: awkward }))
  await opened.host.call('messages.send', sendInput(providerId, { text: 'Second '.repeat(150) }))
})
afterAll(async () => {
  await opened.close()
  await server.close()
})

async function expectAccessible(): Promise<void> {
  const { page } = opened
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await accessibilityFaults(page)).toEqual([])
  }
}

async function openHistory(): Promise<void> {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers`)
  await page.getByRole('button', { name: 'Actions for Gateway' }).click()
  await page.getByRole('menuitem', { name: 'Test history' }).click()
  await page.getByRole('heading', { name: 'Test history' }).waitFor()
}

test('two tests of a provider are chosen from its history and compared', async () => {
  const { page } = opened
  await openHistory()
  await page.getByRole('row', { name: /Misconfigured Unauthorized \(401\) .* Second/ }).waitFor()
  await expectAccessible()
  const compare = page.getByRole('button', { name: 'Compare', exact: true })
  await page.getByRole('checkbox').nth(0).check()
  expect(await compare.isDisabled()).toBe(true)
  await page.getByRole('checkbox').nth(1).check()
  await compare.click()

  // The older one is at the left.
  await page.getByRole('row', { name: 'Verdict Differs Accepted Misconfigured' }).waitFor()
  await page.getByRole('row', { name: 'Status Differs 200 OK 401 Unauthorized' }).waitFor()
  await page.getByRole('row', { name: 'id Only left "a1" not on the right' }).waitFor()
  await page.getByRole('row', { name: 'error.code Only right not on the left 20003' }).waitFor()
  await page.getByRole('row', { name: 'Method Same POST POST' }).waitFor()
  await page.getByText('Secrets are compared by their names').waitFor()
  await expectAccessible()
})

test('a comparison shows only the differences on demand, swaps its sides, and cuts long values', async () => {
  const { page } = opened
  await page.getByRole('switch', { name: 'Only differences' }).click()
  await page.getByRole('row', { name: /^Method/ }).waitFor({ state: 'detached' })
  await page.getByRole('row', { name: /^Verdict Differs/ }).waitFor()
  await page.reload()
  await page.getByRole('row', { name: /^Verdict Differs Accepted/ }).waitFor()
  expect(await page.getByRole('row', { name: /^Method/ }).count()).toBe(0)

  await page.getByRole('button', { name: 'Swap sides' }).click()
  await page.getByRole('row', { name: 'Verdict Differs Misconfigured Accepted' }).waitFor()
  const text = page.getByRole('row', { name: /^Text Differs/ })
  await text.getByRole('button', { name: 'Show all 1050 characters' }).click()
  await text.getByRole('button', { name: 'Show less' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Test history' }).waitFor()
})

test('a new test comes into the history by itself, and the filters follow Back', async () => {
  const { page, host } = opened
  await openHistory()
  await host.call('messages.send', sendInput(providerId, { text: 'Third, live' }))
  await page.getByRole('row', { name: /Accepted .* Third, live/ }).waitFor()

  const kind = page.getByRole('combobox', { name: 'Tests' })
  const more = page.getByRole('button', { name: /^More/ })
  await more.click()
  await kind.selectOption('Without tests')
  await page.getByText('No message fits').waitFor()
  expect(new URL(page.url()).searchParams.get('test')).toBe('0')
  await page.goBack()
  await page.getByRole('row', { name: /Third, live/ }).waitFor()
  await page.getByRole('button', { name: 'More: Tests' }).waitFor()
  expect(await kind.locator('option:checked').innerText()).toBe('Tests only')
  await page.keyboard.press('Escape')
})

test('a message is set beside a recent test from its own page', async () => {
  const { page } = opened
  await page.getByRole('row', { name: /Third, live/ }).click()
  await page.getByRole('button', { name: 'Compare with…' }).click()
  const choice = page.getByRole('dialog', { name: 'Compare with' })
  await expectAccessible()
  await choice.getByRole('button', { name: /Misconfigured Second/ }).click()
  await page.getByRole('row', { name: 'Verdict Differs Misconfigured Accepted' }).waitFor()
})

test('the outcome of a test leads to the earlier ones', async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers?send=${providerId}`)
  const drawer = page.getByRole('dialog', { name: 'Send Test SMS' })
  await drawer.getByLabel('To', { exact: true }).fill('+14155550123')
  await drawer.getByRole('button', { name: 'Send', exact: true }).click()
  await drawer.getByRole('link', { name: 'Earlier tests' }).click()
  await page.getByRole('row', { name: /Third, live/ }).waitFor()
})

/** Runs what is on the clipboard as a person would, and answers with what reached the server. */
async function runCopied(): Promise<string> {
  const command = await opened.page.evaluate(() => navigator.clipboard.readText())
  const before = server.received.length
  await promisify(execFile)('sh', ['-c', command], { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' } })
  expect(server.received.length).toBe(before + 1)
  return server.received.at(-1) ?? ''
}

const bodyOf = (request = '') => request.slice(request.indexOf('\r\n\r\n') + 4)

test.skipIf(!existsSync('/usr/bin/curl'))(
  'a sent request is copied as cURL, with its secrets on request',
  async () => {
    const { page } = opened
    await openHistory()
    await page.getByRole('row', { name: /It’s "50 %" off/ }).click()
    await page.getByRole('tab', { name: 'cURL' }).click()
    const command = page.getByLabel('cURL command')
    await page.getByRole('radiogroup', { name: 'Shell' }).getByText('PowerShell').click()
    await command.getByText('curl.exe --config -').waitFor()
    await page.getByRole('radiogroup', { name: 'Shell' }).getByText('sh, bash, zsh').click()
    await page.getByText('Secrets are left out: put your own in for <api_key>.').waitFor()
    await expectAccessible()

    const sent = server.received.find((request) => request.includes('50 %')) ?? ''
    await page.getByRole('button', { name: 'Copy command' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const masked = await runCopied()
    expect(bodyOf(masked)).toBe(bodyOf(sent))
    expect(masked).toContain('X-Api-Key: <api_key>\r\n')

    await page.getByRole('button', { name: 'With secrets' }).click()
    await page.getByRole('button', { name: 'Copy command' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const ofConnection = /^(?:host|connection|content-length):/i
    const told = (request: string) => request.split('\r\n').filter((line) => !ofConnection.test(line))
    expect(told(await runCopied())).toEqual(told(sent))
  },
)

test('a provider is copied as cURL from its menu, for the shell that was used last', async () => {
  const { page, host } = opened
  await host.call('app.prefer', { curlShell: 'cmd', testNumber: '+14155550123', testText: 'From the menu' })
  await page.goto(`${host.origin}/providers`)
  await page.getByRole('button', { name: 'Actions for Gateway' }).click()
  await page.getByRole('menuitem', { name: 'Copy as cURL' }).click()
  const dialog = page.getByRole('dialog', { name: 'Gateway as cURL' })
  const command = dialog.getByLabel('cURL command')
  await command.getByText('From the menu').waitFor()
  expect(await command.innerText()).toContain('"X-Api-Key: <api_key>" ^')
  await expectAccessible()
  await dialog.getByRole('button', { name: 'With secrets' }).click()
  await command.getByText(`s3cr3t'key`).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(opened.complaints.filter((line) => !line.includes('401'))).toEqual([])
})
