import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultReplyWords } from '#shared/callbacks/reply-words.ts'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'

let scene: CallbackScene
beforeEach(async () => {
  scene = await openCallbackScene()
})
afterEach(() => scene.close())

const number = '+14155550123'
const replied = async (message: string, at: number, msisdn = number) =>
  (await scene.post({ msisdn, shortcode: '5555', message, at: String(1_700_000_000 + at) })).callback
const listed = (search = '') => scene.call('conversations.list', { search, cursor: null, limit: 100 })
const part = (of = number) => scene.call('conversations.get', { number: of, cursor: null, limit: 100 })
const optedOut = async () => (await part()).about.optedOut

describe('a reply', () => {
  it('belongs to the newest message to its number through the provider, and to the number’s conversation', async () => {
    await scene.send({ text: 'First' })
    const second = await scene.send({ text: 'Second' })
    const callback = await replied('Thanks', 1, '14155550123')
    expect(callback).toMatchObject({ effect: 'counted', messageId: second.id, number, text: 'Thanks' })
    expect((await replied('Thanks', 1, '14155550123')).effect).toBe('repeat')
    const { entries } = await part()
    expect(entries.map(({ direction, text }) => [direction, text])).toEqual([
      ['out', 'First'],
      ['out', 'Second'],
      ['in', 'Thanks'],
    ])
    expect(await scene.figures()).toMatchObject({ sent: 2, replies: 1 })
    expect((await listed('thank')).conversations).toMatchObject([
      { number, direction: 'in', text: 'Thanks', messages: 2, replies: 1, optedOut: null },
    ])
    expect(await listed('nothing of it')).toMatchObject({ conversations: [], more: false })
  })

  it('from a number that was sent nothing is shown, and belongs to no message’s figures', async () => {
    const callback = await replied('Hello?', 1, '+33612345678')
    expect(callback).toMatchObject({ effect: 'unmatched', items: [{ reason: 'no_such_number' }] })
    expect((await part('+33612345678')).entries).toMatchObject([{ direction: 'in', messageId: null }])
    expect(await scene.figures()).toMatchObject({ sent: 0, replies: 0 })
  })

  it('that is a word for STOP opts the number out, whatever its case; START undoes it; others do nothing', async () => {
    await scene.send()
    await replied(' stop! ', 1)
    expect(await optedOut()).toMatchObject({ word: ' stop! '.trim() })
    await replied('Please do not stop', 2)
    expect(await optedOut()).not.toBeNull()
    await replied('Start', 3)
    expect(await optedOut()).toBeNull()
    await scene.call('conversations.setOptedOut', { number, optedOut: true })
    expect(await optedOut()).toMatchObject({ word: '' })
    await scene.call('conversations.setOptedOut', { number, optedOut: false })
    await scene.call('conversations.setWords', { ...defaultReplyWords, stop: ['ARRÊT'] })
    await replied('stop', 4)
    expect(await optedOut()).toBeNull()
    await replied('arrêt', 5)
    expect(await optedOut()).toMatchObject({ word: 'arrêt' })
  })

  it('that asks for help is answered once in an hour, and not at all without a text', async () => {
    await scene.send()
    await replied('HELP', 1)
    await scene.call('conversations.setWords', { ...defaultReplyWords, helpAnswer: 'Call 555.' })
    await replied('help', 2)
    const texts = async () => (await part()).entries.map(({ text }) => text)
    while (!(await texts()).includes('Call 555.')) await new Promise(setImmediate)
    await replied('info', 3)
    await replied('help', 4)
    expect((await texts()).filter((text) => text === 'Call 555.')).toHaveLength(1)
  })
})
