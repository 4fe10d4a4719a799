import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { breakerLimits } from '#shared/failover/breaker.ts'
import { defaultTimeouts } from '#shared/timeouts.ts'
import { openGroupPage, type GroupPage } from '../helpers/group-page.ts'
import { providerInput, sendInput } from '../helpers/messages.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'

// Provider 1 is down, 2 never answers, 3 accepts: what a person sends, and what its page, the group's and the servers say.

const answerWithin = 600
const names = ['Down', 'Silent', 'Good', 'Wrong']

let on: GroupPage
let page: Page
let silent: RawServer
let good: RawServer
let wrong: RawServer
let group: string
const ids: string[] = []
const requests = { silent: 0, good: 0 }

beforeAll(async () => {
  on = await openGroupPage()
  page = on.page
  const closed = await startRawServer({})
  await closed.close()
  silent = await startRawServer({ onRequest: () => void (requests.silent += 1) })
  good = await startRawServer({
    onRequest: (socket) => {
      requests.good += 1
      socket.write(reply('201 Created', '{}'))
    },
  })
  wrong = await startRawServer({ onRequest: (socket) => socket.write(reply('401 Unauthorized', '{}')) })
  for (const [index, { port }] of [closed, silent, good, wrong].entries()) {
    const timeouts = { ...defaultTimeouts, firstByteMs: answerWithin }
    const settings = { endpoint: `http://127.0.0.1:${port}/`, timeouts }
    const input = providerInput(settings, { name: names[index]! })
    await on.call('providers.save', input)
    ids.push(input.id)
  }
  group = await on.saveGroup('Three in a row', ids.slice(0, 3))
})
afterAll(async () => {
  expect(on.opened.complaints).toEqual([])
  await Promise.all([on.opened.close(), silent.close(), good.close(), wrong.close()])
})

const send = (id: string, text = 'Hello') =>
  on.call('messages.send', { ...sendInput(id, { test: false, text }), provider: { kind: 'group', id } })
const attempt = (position: number) =>
  page.getByRole('region', { name: `Attempt ${position} with ${names[position - 1]}` })

beforeEach(() => Object.assign(requests, { silent: 0, good: 0 }))

test('is sent once by the third, and the story tells why', async () => {
  const { id } = await send(group, 'Your code is 4711')
  expect(requests).toEqual({ silent: 1, good: 1 })
  expect(good.received.at(-1)).toContain('4711')
  await page.goto(`${on.opened.host.origin}/messages/${id}`)
  await attempt(1).getByText('Surely not taken, so it moved on to the next provider.').waitFor()
  await attempt(1).getByText('No byte had gone out').waitFor()
  await attempt(2).getByText(`First byte time-out of ${answerWithin} ms fired`).waitFor()
  await attempt(2).getByText('Nobody knows whether it was taken, and this group moves on then.').waitFor()
  await attempt(3).getByText('An earlier provider may have taken the message: it may arrive twice.').waitFor()
  await attempt(3).getByText('It took the message, so no other provider was tried.').waitFor()
  const story = page.getByRole('list', { name: 'Story' })
  await story.getByText('Good took the message, at attempt 3.').waitFor()
  expect(await story.getByText('May arrive twice', { exact: true }).count()).toBeGreaterThan(0)
})

test('the group’s page counts it once, and marks the circuits that open', async () => {
  for (let count = 1; count < breakerLimits.inARow; count += 1) await send(group)
  await page.goto(`${on.opened.host.origin}/groups`)
  const row = on.table().getByRole('row', { name: /Three in a row/ })
  await row.getByText(`${breakerLimits.inARow}`, { exact: true }).waitFor()
  expect((await row.getByRole('cell').allInnerTexts()).slice(3, 5)).toEqual([`${breakerLimits.inARow}`, '0'])
  for (const name of ['Down', 'Silent']) await row.getByTitle(new RegExp(`${name}[^]*[Cc]ircuit`)).waitFor()
  // Both are left out now, so the third is asked at once.
  await send(group)
  expect(requests).toEqual({ silent: 4, good: 5 })

  await page.goto(`${on.opened.host.origin}/groups/${group}`)
  for (const name of ['Down', 'Silent'])
    await on
      .line(name)
      .getByText(/^Circuit open for/)
      .waitFor()
  await on.line('Down').getByRole('button', { name: 'Reset the circuit breaker of Down' }).click()
  await on
    .line('Down')
    .getByText(/^Circuit open/)
    .waitFor({ state: 'detached' })
})

test('a provider that refuses the credentials is marked as needing attention, and left out', async () => {
  const id = await on.saveGroup('With a wrong one', [ids[3]!, ids[2]!])
  expect(await send(id)).toMatchObject({ state: 'sent', attempts: 2 })
  await page.goto(`${on.opened.host.origin}/groups`)
  await on
    .table()
    .getByRole('row', { name: /With a wrong one/ })
    .getByTitle(/Wrong[^]*Needs attention/)
    .waitFor()
  const next = await send(id)
  await page.goto(`${on.opened.host.origin}/groups/${id}`)
  await on.line('Wrong').getByText('Needs attention', { exact: true }).waitFor()
  await page.goto(`${on.opened.host.origin}/messages/${next.id}`)
  await page.getByText('Skipped Wrong: it needs attention, until it is edited or a test passes.').waitFor()
})

test('a message that waits for its receipt says until when, and can be left with its provider', async () => {
  const id = await on.saveGroup('Waits', [ids[2]!], [], { noReceiptMinutes: 5 })
  const story = await send(id)
  await page.goto(`${on.opened.host.origin}/messages/${story.id}`)
  await page.getByText(/Waits for its delivery receipt until \d+/).waitFor()
  await page.getByRole('button', { name: 'Try no other provider' }).click()
  await page.getByText('The wait for its delivery receipt was ended by hand.').waitFor()
  expect(await page.getByRole('button', { name: 'Try no other provider' }).count()).toBe(0)
})
