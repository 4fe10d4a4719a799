import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationEntry } from '#shared/callbacks/conversation.ts'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'

let scene: CallbackScene
let clock = 0
beforeEach(async () => {
  clock = Date.now()
  // Each look is a millisecond later, so that nothing shares its time.
  scene = await openCallbackScene({ now: () => (clock += 1) })
})
afterEach(() => scene.close())

const numberOf = (index: number) => `+1415555${String(index).padStart(4, '0')}`
const replied = (msisdn: string, message: string) =>
  scene.post({ msisdn, shortcode: '5555', message, at: String(Math.floor((clock += 1000) / 1000)) })

/** All pages of a list, one after the other. */
async function allListed(search: string, limit: number): Promise<string[]> {
  const found: string[] = []
  for (let cursor = null, more = true; more;) {
    const page = await scene.call('conversations.list', { search, cursor, limit })
    found.push(...page.conversations.map(({ number }) => number))
    ;({ more } = page)
    cursor = page.cursor as never
  }
  return found
}

describe('the list of conversations', () => {
  it('has each number once, by what came or went last, however it is cut into pages', async () => {
    for (const index of [1, 2, 3, 4, 5]) await scene.send({ to: numberOf(index) })
    await replied(numberOf(2), 'Two')
    await replied('12345', 'A short code')
    await scene.send({ to: numberOf(1) })
    const order = [numberOf(1), '12345', numberOf(2), numberOf(5), numberOf(4), numberOf(3)]
    for (const limit of [1, 2, 3, 100]) expect(await allListed('', limit)).toEqual(order)
  })

  it('is searched in numbers and in all texts, whatever case and accents', async () => {
    await scene.send({ to: numberOf(1), text: 'Dein Café öffnet' })
    await scene.send({ to: numberOf(1), text: 'Something else' })
    await scene.send({ to: numberOf(2), text: 'Nothing' })
    await replied(numberOf(2), 'Which CAFE?')
    expect(await allListed('cafe', 100)).toEqual([numberOf(2), numberOf(1)])
    expect(await allListed('5550001', 100)).toEqual([numberOf(1)])
    const page = await scene.call('conversations.list', { search: 'café', cursor: null, limit: 100 })
    expect(page.conversations.map(({ text }) => text)).toEqual(['Which CAFE?', 'Dein Café öffnet'])
  })

  it('takes all replies of one request, though a page ends between them', async () => {
    const mapping = { itemsAt: 'list[*]', from: 'msisdn', to: '', text: 'message', time: 'at' }
    const settings = { ...scene.provider.settings }
    const callbacks = { ...settings.callbacks!, replies: mapping }
    const { address } = await scene.addProvider({
      name: 'Batches',
      settings: { ...settings, callbacks },
    })
    const list = [1, 2, 3].map((index) => ({ msisdn: numberOf(index), message: 'Hello', at: '1700000000' }))
    await scene.post({ list }, address)
    expect((await allListed('', 1)).toSorted()).toEqual([1, 2, 3].map(numberOf))
  })
})

describe('a conversation', () => {
  it('is read in pieces from its end, without a gap and nothing twice', async () => {
    const texts: string[] = []
    for (let index = 0; index < 6; index += 1) {
      texts.push(`out ${index}`, `in ${index}`)
      await scene.send({ to: numberOf(1), text: `out ${index}` })
      await replied(numberOf(1), `in ${index}`)
    }
    for (const limit of [1, 5, 12]) {
      let entries: ConversationEntry[] = []
      for (let cursor = null, more = true; more;) {
        const part = await scene.call('conversations.get', { number: numberOf(1), cursor, limit })
        entries = [...part.entries, ...entries]
        ;({ more } = part)
        cursor = part.cursor as never
        expect(part.about).toMatchObject({ messages: 6, replies: 6, text: 'in 5', direction: 'in' })
      }
      expect(entries.map(({ text }) => text)).toEqual(texts)
    }
  })

  it('has a message at once, while it is on its way', async () => {
    const sending = scene.send({ to: numberOf(3), text: 'On its way' })
    const part = () => scene.call('conversations.get', { number: numberOf(3), cursor: null, limit: 10 })
    while ((await part()).entries.length === 0) await new Promise(setImmediate)
    await sending
    expect((await part()).entries).toMatchObject([
      { text: 'On its way', state: 'sent', providerName: scene.provider.name },
    ])
  })

  it('of a number that nobody knows is empty', async () => {
    const part = await scene.call('conversations.get', { number: '+4912', cursor: null, limit: 10 })
    expect(part).toMatchObject({ entries: [], more: false, about: { direction: null, optedOut: null } })
  })
})

describe('opted-out numbers', () => {
  it('are listed newest first, with the word and who brought it, and found by a part of them', async () => {
    await scene.send({ to: numberOf(1) })
    await replied(numberOf(1), 'Stop')
    await scene.call('conversations.setOptedOut', { number: numberOf(2), optedOut: true })
    const list = (after: { at: number; number: string } | null, search = '', limit = 1) =>
      scene.call('conversations.optOuts', { search, after, limit })
    const first = await list(null)
    expect(first).toMatchObject({
      more: true,
      conversations: [{ number: numberOf(2), optedOut: { word: '', providerName: null }, direction: null }],
    })
    const [{ number, optedOut } = { number: '', optedOut: null }] = first.conversations
    expect(await list({ at: optedOut?.at ?? 0, number })).toMatchObject({
      more: false,
      conversations: [
        {
          number: numberOf(1),
          text: 'Stop',
          optedOut: { word: 'Stop', providerName: scene.provider.name },
        },
      ],
    })
    expect((await list(null, '+1 415 555 0001', 9)).conversations).toHaveLength(1)
    await replied(numberOf(1), 'START')
    expect((await list(null, '', 9)).conversations.map((one) => one.number)).toEqual([numberOf(2)])
  })
})
