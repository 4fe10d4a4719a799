import { describe, expect, it } from 'vitest'
import type { Conversation } from '#shared/callbacks/conversation.ts'
import { inPlace, movedUp, onTop } from '../../../renderer/features/conversations/newest-conversations.ts'

const row = (number: string, at = 1): Conversation => ({
  number,
  at,
  text: `${number} ${at}`,
  direction: 'out',
  simulated: false,
  messages: 1,
  replies: 0,
  optedOut: null,
})
const numbers = (rows: readonly Conversation[]) => rows.map(({ number, at }) => `${number}${at}`).join(' ')

describe('a list of conversations', () => {
  const rows = [row('a', 9), row('b', 8), row('c', 7)]

  it('changes in its places, and takes what is new below', () => {
    expect(numbers(inPlace(rows, [row('c', 12), row('d', 3)]))).toBe('a9 b8 c12 d3')
    expect(numbers(inPlace(rows, [row('c', 12), row('d', 13)], false))).toBe('a9 b8 c12')
    // An older page names a number by an older message.
    expect(numbers(inPlace(rows, [row('a', 2)]))).toBe('a9 b8 c7')
  })

  it('has the newest on top, each once', () => {
    expect(numbers(onTop(rows, [row('d', 13), row('c', 12), row('a', 9)]))).toBe('d13 c12 a9 b8')
  })

  it('counts those that would stand higher', () => {
    expect(movedUp(rows, rows)).toBe(0)
    expect(movedUp(rows, [row('d', 13), row('a', 9), row('b', 8)])).toBe(1)
    expect(movedUp(rows, [row('c', 12), row('a', 9), row('b', 8)])).toBe(1)
    expect(movedUp([], [row('d', 13)])).toBe(1)
  })
})
