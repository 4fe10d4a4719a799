import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract.ts'
import { defaultPolicies } from '#shared/group.ts'
import { faultsInBothThemes } from '../helpers/accessibility.ts'
import { providerInput } from '../helpers/messages.ts'
import { openPage, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'
import { formRows } from '../helpers/settings.ts'

let opened: Opened
let page: Page
const servers: RawServer[] = []
const requests: Record<string, number> = {}
const answers: Record<string, string | null> = {}

async function call<Name extends CommandName>(
  name: Name,
  ...input: CommandInput<Name> extends void ? [] : [CommandInput<Name>]
): Promise<CommandOutput<Name>> {
  const answer = await opened.host.call(name, ...input)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

/** A provider whose server counts what it gets, and answers with a status line or never. */
async function provider(name: string, answer: string | null, placeholders: string[] = []): Promise<string> {
  requests[name] = 0
  answers[name] = answer
  const server = await startRawServer({
    onRequest: (socket) => {
      requests[name] = (requests[name] ?? 0) + 1
      const status = answers[name]
      if (status) socket.write(reply(status, `{"by":"${name}"}`))
    },
  })
  servers.push(server)
  const own = Object.fromEntries(placeholders.map((one) => [one.toLowerCase(), `$$${one}`]))
  const input = providerInput(
    {
      endpoint: `http://127.0.0.1:${server.port}/`,
      timeouts: { connectMs: 300, tlsMs: 300, firstByteMs: 300, totalMs: 900 },
      parameters: formRows({ to: '$$To', text: '$$Body', ...own }),
    },
    { name },
  )
  await call('providers.save', input)
  return input.id
}

async function group(name: string, members: string[]): Promise<string> {
  const id = crypto.randomUUID()
  await call('groups.save', { id, name, members, countries: [], notes: '', policies: defaultPolicies })
  return id
}

let europe: string
beforeAll(async () => {
  opened = await openPage()
  page = opened.page
  const down = await provider('Down', null)
  await servers[0]?.close()
  const slow = await provider('Slow', null, ['Brand'])
  const good = await provider('Good', '201 Created', ['Otp'])
  europe = await group('Europe', [down, slow, good])
})
afterAll(async () => {
  await opened.close()
  for (const server of servers.slice(1)) await server.close()
})

const attempt = (within: Page | Locator, name: string) => within.getByRole('region', { name, exact: true })

async function pick(within: Locator, name: string): Promise<void> {
  await within.getByRole('combobox', { name: 'Provider or group' }).fill(name)
  await within.getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Enter')
}

test('a test through a group shows each attempt, and its story says why it moved on', async () => {
  await page.goto(`${opened.host.origin}/messages?send=${europe}`)
  const drawer = page.getByRole('dialog', { name: 'Send Test SMS' })
  await drawer.getByLabel('$$Otp').fill('4711')
  const target = drawer.getByRole('combobox', { name: 'Provider or group' })
  expect(await target.inputValue()).toBe('Europe')
  await drawer.getByLabel('To', { exact: true }).fill('+447700900123')
  await drawer.getByRole('textbox', { name: 'Text' }).fill('Your code is here')
  // What only the second one wants is asked for before anything is sent.
  await drawer.getByRole('button', { name: 'Send', exact: true }).click()
  await drawer.getByText('Enter a value for $$Brand.').waitFor()
  await drawer.getByLabel('$$Brand').fill('Acme')
  await drawer.getByRole('button', { name: 'Send', exact: true }).click()
  await attempt(drawer, 'Attempt 3 with Good').waitFor()
  expect(requests).toMatchObject({ Slow: 1, Good: 1 })

  await drawer.getByRole('link', { name: 'Open the message’s story' }).click()
  await page.getByRole('heading', { name: 'Message to +44 7700 900123' }).waitFor()
  const first = attempt(page, 'Attempt 1 with Down')
  await first.getByText('First in the group’s order.').waitFor()
  await first.getByText('Surely not taken, so it moved on to the next provider.').waitFor()
  await first.getByText('No byte had gone out').waitFor()
  const second = attempt(page, 'Attempt 2 with Slow')
  await second.getByText('First byte time-out of 300 ms fired').waitFor()
  await second.getByText('Bytes had gone out').waitFor()
  expect(await second.getByRole('tab', { name: 'Request' }).count()).toBe(0)
  await second.getByRole('button', { name: /Unknown/ }).click()
  await second.getByRole('tab', { name: 'Request' }).waitFor()
  const third = attempt(page, 'Attempt 3 with Good')
  await third.getByText('May arrive twice', { exact: true }).waitFor()
  await third.getByText('An earlier provider may have taken the message: it may arrive twice.').waitFor()
  await third.getByText('It took the message, so no other provider was tried.').waitFor()
  await page.getByText(/Good took the message, at attempt 3\./).waitFor()
  // What is known is not to be said by hand.
  expect(await page.getByRole('button', { name: 'Mark as sent' }).count()).toBe(0)
  expect(await faultsInBothThemes(page)).toEqual([])

  await page.getByRole('complementary', { name: 'Message' }).getByRole('link', { name: 'Europe' }).click()
  await page.getByRole('dialog', { name: 'Europe' }).waitFor()
  await page.goto(`${opened.host.origin}/groups`)
  const row = page.getByRole('row', { name: /Europe/ })
  await row.waitFor()
  expect((await call('groups.list'))[0]?.counts).toEqual({ sent: 1, delivered: 0, errors: 0 })
})

test('a message is run again through another provider, and the two stand side by side', async () => {
  const { messages } = await call('messages.list', { providerId: null, before: null, limit: 1 })
  const first = messages[0]?.id ?? ''
  await page.goto(`${opened.host.origin}/messages/${first}`)
  await page.getByRole('button', { name: 'Run again' }).click()
  const box = page.getByRole('dialog', { name: 'Run again' })
  await box.getByText('Your code is here').waitFor()
  expect(await box.getByRole('combobox', { name: 'Provider or group' }).inputValue()).toBe('Europe')
  await pick(box, 'Slow')
  expect(await box.getByLabel('$$Brand').inputValue()).toBe('Acme')
  await box.getByText('it may arrive twice').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await box.getByRole('button', { name: 'Cancel' }).click()
  await box.waitFor({ state: 'detached' })
  expect(requests['Slow']).toBe(1)

  await page.getByRole('button', { name: 'Run again' }).click()
  await pick(box, 'Slow')
  await box.getByRole('button', { name: 'Send it all the same' }).click()
  await page.getByRole('heading', { name: 'Compare' }).waitFor()
  expect(requests).toMatchObject({ Slow: 2, Good: 1 })
  await page
    .getByRole('status')
    .getByText(/\d+ differences/)
    .waitFor()
  await page.getByRole('link', { name: /^Story at the right/ }).click()
  // The new one leads to the first, and the first to it.
  const runs = page.getByRole('region', { name: 'Runs' })
  await runs.getByRole('heading', { name: 'Another run of' }).waitFor()
  await runs.getByText('Europe').waitFor()
  await runs.getByRole('link', { name: 'Compare' }).waitFor()
  await runs.getByRole('link').first().click()
  await runs.getByRole('heading', { name: 'Run again' }).waitFor()
  await runs.getByText('Slow').waitFor()
})

test('what nobody knows is marked by hand, and the story says so', async () => {
  const { messages } = await call('messages.list', { providerId: null, before: null, limit: 1 })
  const lost = messages[0]
  expect(lost).toMatchObject({ providerName: 'Slow', outcomeClass: 'unknown' })
  await page.goto(`${opened.host.origin}/messages/${lost?.id}`)
  const choice = page.getByRole('group', { name: 'What became of it' })
  await choice.getByText('A delivery receipt settles it by itself').waitFor()
  await choice.getByRole('button', { name: 'Mark as sent' }).click()
  await page.getByText('Marked as sent by hand. No answer of a provider says so.').waitFor()
  await page.reload()
  await page.getByText('Marked as sent by hand. No answer of a provider says so.').waitFor()
  await attempt(page, 'Attempt 1 with Slow').getByText('Unknown').first().waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await choice.getByRole('button', { name: 'Mark as failed' }).click()
  await page.getByText('Marked as failed by hand. No answer of a provider says so.').waitFor()
  expect(await choice.getByRole('button', { name: 'Mark as failed' }).count()).toBe(0)
})

test('the picker finds groups and providers by name, and leaves out what is archived', async () => {
  const id = await provider('Gone', '201 Created')
  await call('providers.archive', { id })
  await page.goto(`${opened.host.origin}/messages?send=default`)
  const drawer = page.getByRole('dialog', { name: 'Send Test SMS' })
  const target = drawer.getByRole('combobox', { name: 'Provider or group' })
  await target.click()
  const options = drawer.getByRole('option')
  await options.first().waitFor()
  await expect
    .poll(() => options.allInnerTexts(), { timeout: 15_000 })
    .toEqual([
      expect.stringContaining('Europe'),
      expect.stringContaining('Down'),
      expect.stringContaining('Good'),
      expect.stringContaining('Slow'),
    ])
  expect(await faultsInBothThemes(page)).toEqual([])
  await target.fill('slow')
  // A group is found by its members, too.
  await expect
    .poll(() => options.allInnerTexts(), { timeout: 15_000 })
    .toEqual([expect.stringContaining('Slow'), expect.stringContaining('Europe')])
  await page.keyboard.press('Escape')
  await call('groups.setDefault', { id: europe })
  await target.click()
  await drawer.getByRole('option', { name: /By the number’s country/ }).click()
  await drawer.getByText('Goes through Europe').waitFor()
  expect(opened.complaints).toEqual([])
})
