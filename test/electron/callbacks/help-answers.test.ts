import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultReplyWords } from '#shared/callbacks/reply-words.ts'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'

const hour = 3_600_000
const answer = 'Write to help@example.com.'
let scene: CallbackScene
let now = 0
let others = 1000
beforeEach(async () => {
  now = Date.now()
  scene = await openCallbackScene({ now: () => now })
  await scene.call('conversations.setWords', { ...defaultReplyWords, helpAnswer: answer })
})
afterEach(() => scene.close())

const number = '+14155550123'
async function asksForHelp(of = number, address = scene.address): Promise<void> {
  now += 1000
  const reply = { msisdn: of, shortcode: '5555', message: 'HELP', at: String(Math.floor(now / 1000)) }
  await scene.post(reply, address)
}
const part = (of: string) => scene.call('conversations.get', { number: of, cursor: null, limit: 200 })
const answered = async (of = number) =>
  (await part(of)).entries.filter(({ text, state }) => text === answer && state === 'sent').length
async function waitFor(count: number, of = number): Promise<void> {
  while ((await answered(of)) < count) await new Promise(setImmediate)
}

/** Somebody else's answer comes after whatever there is for those before. */
async function isHandled(address = scene.address): Promise<void> {
  const other = `+1415555${(others += 1)}`
  await asksForHelp(other, address)
  await waitFor(1, other)
}

it('answers a machine that asks for ever once an hour and three times a day, after a restart, too', async () => {
  for (const count of [1, 2]) {
    await asksForHelp()
    await waitFor(count)
    await asksForHelp()
    await isHandled()
    now += hour
  }
  await scene.reopen()
  await scene.call('listener.start', undefined)
  const { local } = await scene.call('callbacks.address', { providerId: scene.provider.id })
  await asksForHelp(number, local)
  await waitFor(3)
  now += 2 * hour
  await asksForHelp(number, local)
  await isHandled(local)
  expect(await answered()).toBe(3)
  now += 22 * hour
  await asksForHelp(number, local)
  await waitFor(4)
})

it('answers each of several numbers', async () => {
  const numbers = ['+14155550101', '+14155550102', '+14155550103']
  for (const of of numbers) await asksForHelp(of)
  for (const of of numbers) await waitFor(1, of)
  expect(await Promise.all(numbers.map((of) => answered(of)))).toEqual([1, 1, 1])
})
