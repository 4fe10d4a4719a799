import type { Component } from 'vue'
import { BadgeCheck, BadgeX, Hourglass, Minus } from '@lucide/vue'
import type {
  CallbackItem,
  CallbackOrigin,
  CallbackSummary,
  CallbackTrouble,
  ItemEffect,
  SignatureState,
  UnmatchedReason,
} from '#shared/callbacks/callback.ts'
import type { CallbackKind, ReceiptState } from '#shared/callbacks/format.ts'
import { formatCount } from '../../lib/format.ts'
import type { Tone } from '../../ui/tone.ts'

/** What a page says of a callback: a word with its tone, and a sentence that explains it. */
export interface Word {
  word: string
  tone: Tone
  says: string
  icon?: Component
}

export const effectWords: Record<ItemEffect, Word> = {
  counted: { word: 'Counted', tone: 'good', says: 'The message changed by it.' },
  noted: { word: 'Noted', tone: 'quiet', says: 'It says no more than was known already.' },
  repeat: { word: 'Repeat', tone: 'quiet', says: 'The same had come before. It counts once.' },
  late: { word: 'Late', tone: 'quiet', says: 'The message is further than this says, and stays there.' },
  conflict: {
    word: 'Conflict',
    tone: 'bad',
    says: 'It says another end than the one the message has. The first one stays.',
  },
  waiting: {
    word: 'Waiting',
    tone: 'warn',
    icon: Hourglass,
    says: 'Its message is not known yet, or is still on its way. It is looked for again for 24 hours.',
  },
  unmatched: { word: 'Unmatched', tone: 'warn', says: 'It belongs to no message that is known here.' },
  refused: { word: 'Refused', tone: 'bad', says: 'The record lacks what it needs, and the answer said so.' },
}

export const troubleBriefs: Record<CallbackTrouble, Word> = {
  no_such_address: {
    word: 'Unknown address',
    tone: 'bad',
    says: 'No provider has this address. It may have been renewed, or copied wrongly at the vendor’s.',
  },
  deleted_provider: {
    word: 'Deleted provider',
    tone: 'bad',
    says: 'The provider that had this address was deleted. Take the address out at the vendor’s.',
  },
  signature_invalid: {
    word: 'Wrong signature',
    tone: 'bad',
    says: 'It was kept and refused with 403, and is not counted.',
  },
  unreadable: { word: 'Unreadable', tone: 'bad', says: 'What it holds cannot be read.' },
  no_known_format: {
    word: 'Unknown format',
    tone: 'bad',
    says: 'It has none of the shapes that are known for this provider.',
  },
  empty: {
    word: 'Empty',
    tone: 'quiet',
    says: 'It holds nothing. Vendors try an address in this way before they use it.',
  },
}

export const signatureWords: Record<SignatureState, Word> = {
  valid: {
    word: 'Valid',
    tone: 'good',
    icon: BadgeCheck,
    says: 'It is the one that the provider’s key makes.',
  },
  invalid: {
    word: 'Invalid',
    tone: 'bad',
    icon: BadgeX,
    says: 'It is not the one that the provider’s key makes. Check that the key is of the same account, and that the public base URL is exactly the address that the vendor calls.',
  },
  absent: {
    word: 'Absent',
    tone: 'warn',
    says: 'This vendor signs its callbacks, and this one carries no signature.',
  },
  unchecked: {
    word: 'Unchecked',
    tone: 'quiet',
    icon: Minus,
    says: 'The vendor signs nothing, or the key for it is not set with the provider.',
  },
}

export const kindWords: Record<CallbackKind, string> = {
  receipt: 'Receipt',
  reply: 'Reply',
  click: 'Click',
  optOut: 'Opt-out',
}

export const stateWords: Record<ReceiptState, string> = {
  queued: 'Queued',
  sent: 'Sent',
  delivered: 'Delivered',
  undelivered: 'Undelivered',
  failed: 'Failed',
  rejected: 'Rejected',
  expired: 'Expired',
}

export const originWords: Record<CallbackOrigin, string> = {
  network: 'Over the network',
  simulator: 'From the simulator',
  replay: 'Replayed',
  crafted: 'Written by hand',
}

const reasonWords: Record<UnmatchedReason, string> = {
  no_id: 'It names neither the vendor’s id of a message nor the message’s own.',
  no_such_id: 'No message that was sent through this provider has this id.',
  deleted_message: 'The message that had this id was deleted.',
  other_provider: 'The id is of a message that was sent through another provider.',
  no_such_number: 'The id is known, but no message of it went to this number.',
}

/** How a request went: its trouble, else the gravest of what its records did. */
export function resultOf({
  trouble,
  effect,
  signature,
}: Pick<CallbackSummary, 'trouble' | 'effect' | 'signature'>): Word {
  if (trouble === 'signature_invalid' && signature === 'absent')
    return { ...troubleBriefs[trouble], word: 'No signature' }
  if (trouble !== null) return troubleBriefs[trouble]
  if (effect !== null) return effectWords[effect]
  return { word: 'Being read', tone: 'running', says: 'It is kept, and read in a moment.' }
}

/** Why a record belongs to no message, or is refused; null where there is nothing to explain. */
export function whyOf({
  effect,
  reason,
  why,
}: Pick<CallbackItem, 'effect' | 'reason' | 'why'>): string | null {
  if (effect === 'refused') return why
  return why ?? (reason === null ? null : reasonWords[reason])
}

/** What to do about a record; empty: what it did says it. `usual`: what its state asks for. */
export function nextOf({ effect, state }: Pick<CallbackItem, 'effect' | 'state'>, usual: string): string {
  if (effect === 'refused') return 'Have it sent again with what it lacks.'
  const isGood = state === 'queued' || state === 'sent' || state === 'delivered'
  return isGood && !settled.has(effect) ? '' : usual
}

const settled: ReadonlySet<ItemEffect> = new Set(['counted', 'noted', 'repeat', 'late'])

/** As in "Receipt", "Receipt × 12" or "Receipt, reply"; a dash before anything was read of it. */
export function kindsOf({ kinds, count }: Pick<CallbackSummary, 'kinds' | 'count'>): string {
  const names = kinds.map((kind, index) => (index === 0 ? kindWords[kind] : kindWords[kind].toLowerCase()))
  if (names.length === 0) return '–'
  return `${names.join(', ')}${count > 1 ? ` × ${count}` : ''}`
}

/** What a callback says in a few words: the state with the vendor's own word, or the text, or the address. */
export function sayingOf({ state, word, text }: Pick<CallbackSummary, 'state' | 'word' | 'text'>): string {
  if (text !== null) return text
  if (state === null) return word ?? ''
  const known = stateWords[state]
  return word === null || word.toLowerCase() === known.toLowerCase() ? known : `${known} (${word})`
}

/** As in "22 noted, 1 refused": what the records did, the most frequent first. */
export function effectCounts(items: readonly Pick<CallbackItem, 'effect'>[]): string {
  const counts = new Map<ItemEffect, number>()
  for (const { effect } of items) counts.set(effect, (counts.get(effect) ?? 0) + 1)
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([effect, count]) => `${formatCount(count)} ${effectWords[effect].word.toLowerCase()}`)
    .join(', ')
}
