import { describe, expect, it } from 'vitest'
import type { PhonePost } from '#shared/simulator-phone.ts'
import { postWords, tickOf } from '../../../renderer/features/simulator/phone/post-words.ts'
import { textPieces } from '../../../renderer/features/simulator/phone/text-links.ts'

const post = (more: Partial<PhonePost>): PhonePost => ({
  id: '1',
  kind: 'receipt',
  state: 'delivered',
  url: null,
  at: 1,
  target: '',
  outcome: 'taken',
  answer: 200,
  reason: null,
  why: null,
  ...more,
})

describe('a text on the phone', () => {
  it('has its links apart, without the marks that end a sentence', () => {
    const links = (text: string) => textPieces(text).flatMap((piece) => (piece.isLink ? [piece.text] : []))
    expect(links('See https://a.example/b?c=1. Or (http://d.example)!')).toEqual([
      'https://a.example/b?c=1',
      'http://d.example',
    ])
    expect(links('javascript:alert(1) www.a.example')).toEqual([])
    const text = 'One https://a.example/ü, two'
    expect(
      textPieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
    expect(textPieces('')).toEqual([])
  })
})

describe('what a phone sent', () => {
  it('is told with what became of it', () => {
    const words = (more: Partial<PhonePost>) => postWords(post(more)).word
    expect(words({})).toBe('Receipt “delivered” taken (200)')
    expect(words({ kind: 'reply', state: null, outcome: 'waiting', answer: null })).toBe('Reply on its way')
    expect(words({ kind: 'click', state: null, outcome: 'failed', why: 'The listener is stopped.' })).toBe(
      'Click not taken: The listener is stopped.',
    )
  })

  it('makes a tick by the receipts that were taken', () => {
    expect(tickOf([])).toBe('none')
    expect(tickOf([post({ state: 'sent' })])).toBe('sent')
    expect(tickOf([post({ state: 'sent' }), post({ outcome: 'failed' })])).toBe('sent')
    expect(tickOf([post({ state: 'sent' }), post({})])).toBe('delivered')
    expect(tickOf([post({ state: 'expired' })])).toBe('failed')
  })
})
