import { parseTemplate } from '../../placeholders.ts'
import { looksUnfilled, looksUnfilledCredential } from './fill-in.ts'
import type { Role, Slot } from '../draft/slot.ts'
import { isNeverPhone, isTemplateName, secretWeight, weightOf } from './value-names.ts'
import {
  isFlag,
  isKeyShaped,
  isNumberHint,
  isPhone,
  isPhoneList,
  isPlainlyPhone,
  isStructured,
  looksLikeKey,
} from './value-shapes.ts'

export interface Guess {
  role: Role
  /** Whether the user had better look at it. */
  unsure: boolean
}

/** What each value most likely is. A slot that is not in the answer stays as it is and is not worth a question. */
export function guessRoles(slots: readonly Slot[]): Map<string, Guess> {
  const guesses = new Map<string, Guess>()
  const open = slots.filter((slot) => isPlain(slot.value))
  // A key that is given as a user name without a password is the credential itself.
  const keyAlone = slots.some(({ id, value }) => id === 'auth:password' && value === '')
  const hidden = (slot: Slot) => isSecret(slot) || (keyAlone && slot.id === 'auth:username')
  for (const slot of open) if (hidden(slot)) guesses.set(slot.id, { role: 'secret', unsure: false })
  const free = () => open.filter(({ id, kind }) => !guesses.has(id) && kind !== 'auth')
  if (!uses(slots, 'From')) decide('From', free().flatMap(senderOf), guesses)
  if (!uses(slots, 'To')) decide('To', free().flatMap(recipientOf), guesses)
  if (!uses(slots, 'Body')) decide('Body', free().flatMap(textOf), guesses)
  if (![...guesses.values()].some(({ role }) => role === 'Body')) {
    for (const slot of free())
      if (isTemplateName(slot.name)) guesses.set(slot.id, { role: 'leave', unsure: true })
  }
  return guesses
}

/** Values that already hold placeholders are left to whoever wrote them. */
function isPlain(value: string): boolean {
  return value !== '' && parseTemplate(value.slice(0, 5000)).every((part) => part.kind === 'text')
}

function uses(slots: readonly Slot[], name: string): boolean {
  return slots.some(({ value }) =>
    parseTemplate(value.slice(0, 5000)).some((part) => part.kind === 'placeholder' && part.name === name),
  )
}

function isSecret({ kind, name, value, id }: Slot): boolean {
  if (kind === 'path') return looksUnfilled(value)
  if (kind === 'auth') return id !== 'auth:username' || looksUnfilledCredential(value) || looksLikeKey(value)
  const weight = secretWeight(name)
  if (kind === 'header' && weight === 0) return looksLikeKey(value)
  if (weight === 2) return !isStructured(value)
  return looksLikeKey(value) || (weight === 1 && (isKeyShaped(value) || looksUnfilledCredential(value)))
}

/** Larger is likelier; below 2 it is only a guess. */
interface Candidate {
  slot: Slot
  likelihood: number
}

function senderOf(slot: Slot): Candidate[] {
  const weight = weightOf('From', slot)
  const { value } = slot
  if (weight === 0 || value.length > 50 || isStructured(value)) return []
  if (weight === 1 && !/^[A-Za-z][A-Za-z0-9 -]{2,10}$/.test(value) && !looksUnfilled(value)) return []
  return [{ slot, likelihood: weight }]
}

function recipientOf(slot: Slot): Candidate[] {
  const weight = weightOf('To', slot)
  const { value, name } = slot
  if (slot.kind === 'header' && weight < 2) return []
  if (weight > 0) {
    if (isPhone(value) || isPhoneList(value)) return [{ slot, likelihood: 1 + weight }]
    if (isNumberHint(value)) return [{ slot, likelihood: weight === 2 ? 3 : 1.5 }]
    return weight === 2 && !isFlag(value) && !isStructured(value) ? [{ slot, likelihood: 1 }] : []
  }
  return isPlainlyPhone(value) && !isNeverPhone(name) ? [{ slot, likelihood: 1.5 }] : []
}

function textOf(slot: Slot): Candidate[] {
  const weight = weightOf('Body', slot)
  const { value, kind } = slot
  if (weight === 0 || kind === 'header' || kind === 'path') return []
  if (isFlag(value) || isPhone(value)) return []
  if (isStructured(value)) return [{ slot, likelihood: 0.5 }]
  return [{ slot, likelihood: weight + (/\s/.test(value.trim()) || looksUnfilled(value) ? 0.5 : 0) }]
}

/** Takes the likeliest; what comes close to it, and what is only a guess, is asked about. */
function decide(role: 'To' | 'Body' | 'From', candidates: Candidate[], guesses: Map<string, Guess>): void {
  const best = candidates.reduce<Candidate | null>(
    (found, candidate) => (found && found.likelihood >= candidate.likelihood ? found : candidate),
    null,
  )
  if (!best) return
  const rivals = candidates.filter(({ slot, likelihood }) => {
    return slot.value !== best.slot.value && likelihood >= best.likelihood - 0.5 && !isSame(slot, best.slot)
  })
  const unsure = best.likelihood < 2 || rivals.length > 0
  const taken = best.likelihood >= 1
  for (const { slot, likelihood } of candidates) {
    if (slot === best.slot || slot.value === best.slot.value)
      guesses.set(slot.id, { role: taken ? role : 'leave', unsure })
    else if (!isSame(slot, best.slot) && likelihood >= 0.5)
      guesses.set(slot.id, { role: 'leave', unsure: true })
  }
}

/** Of a list of messages or recipients the first counts; the others are dealt with when it is taken. */
export function isSame(one: Slot, other: Slot): boolean {
  return one.name === other.name && shapeOf(one) === shapeOf(other)
}

const shapeOf = ({ where }: Slot) => where.replace(/\[\d+\]/g, '[]')
