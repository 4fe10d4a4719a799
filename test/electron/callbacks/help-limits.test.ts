import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultReplyWords } from '#shared/callbacks/reply-words.ts'
import { HelpAnswers } from '../../../electron/callbacks/conversations/help-answers.ts'
import { writeReplyWords } from '../../../electron/callbacks/conversations/reply-words.ts'
import { openStore } from '../../../electron/db/store-handle.ts'
import { createLog } from '../../../electron/log.ts'

const minute = 60_000
let folder: string
let log: ReturnType<typeof createLog>
let stores: ReturnType<typeof openStore>
let now: number
let sent: string[]
let helps: HelpAnswers
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'helps-'))
  log = createLog(folder, (text) => text)
  stores = openStore(folder, { log })
  stores.store.writeNow((db) => writeReplyWords(db, { ...defaultReplyWords, helpAnswer: 'Write to us.' }))
  now = 1_700_000_000_000
  sent = []
  const send = async ({ to }: { to: string }) => void sent.push(to)
  helps = new HelpAnswers({ stores, log, now: () => now, send })
})
afterEach(async () => {
  await stores.close()
  await log.close()
  rmSync(folder, { recursive: true })
})

const asks = (number: string) => helps.answer({ number, providerId: 'one' })
const numberOf = (place: number) => `+1415${5_550_000 + place}`
/** So many numbers ask, each once. */
function crowd(from: number, count: number): number {
  const before = sent.length
  for (let place = from; place < from + count; place += 1) asks(numberOf(place))
  return sent.length - before
}

describe('the answer to a word for help', () => {
  it('goes to all numbers together 600 times an hour, whatever numbers they are', () => {
    expect(crowd(0, 400)).toBe(400)
    now += 30 * minute
    expect(crowd(400, 300)).toBe(200)
    expect(crowd(700, 50)).toBe(0)
    // The first four hundred are more than an hour ago.
    now += 30 * minute + 1
    expect(crowd(1000, 500)).toBe(400)
    expect(new Set(sent).size).toBe(sent.length)
  })

  it('goes to one number again after an hour and not before, three times a day', () => {
    const [one, other] = [numberOf(1), numberOf(2)]
    asks(one)
    now += 60 * minute
    asks(one)
    expect(sent).toEqual([one])
    now += 1
    asks(one)
    now += 61 * minute
    asks(one)
    expect(sent).toHaveLength(3)
    now += 20 * 60 * minute
    asks(one)
    expect(sent).toHaveLength(3)
    asks(other)
    expect(sent.at(-1)).toBe(other)
    // A day after the first.
    now += 2 * 60 * minute
    asks(one)
    expect(sent).toHaveLength(5)
  })

  it('that is not given for want of room counts for nobody', () => {
    crowd(0, 600)
    asks(numberOf(9999))
    now += 60 * minute + 1
    asks(numberOf(9999))
    expect(sent.filter((to) => to === numberOf(9999))).toHaveLength(1)
  })
})
