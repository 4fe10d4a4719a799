import { parseTemplate } from '../../placeholders.ts'
import type { ProviderSettings } from '../../settings.ts'
import { looksUnfilled, looksUnfilledCredential } from './fill-in.ts'
import { dropFurther } from './further-recipients.ts'
import { guessRoles, isSame, type Guess } from './guess-roles.ts'
import type { ImportedValue } from '../import-result.ts'
import { numberFormatOf } from './number-format.ts'
import { settingsOf, type RequestDraft } from '../draft/request-draft.ts'
import { SecretKeeper } from './secret-keeper.ts'
import type { Note } from '../curl-words.ts'
import { fillPart, type Role, type Slot } from '../draft/slot.ts'
import { unfilledNotes, valueNotes } from './value-notes.ts'
import { numberPrefix } from './value-shapes.ts'

export interface Filled {
  settings: ProviderSettings
  keeper: SecretKeeper
  replaced: ImportedValue[]
  choices: ImportedValue[]
}

const mostChoices = 30

/** Puts placeholders and secrets where the sample has values, as guessed or as the user has decided. */
export function fillIn(draft: RequestDraft, roles: Readonly<Record<string, Role>>, notes: Note[]): Filled {
  const slots = draft.parts.flatMap((part) => part.slots)
  const guesses = guessRoles(slots)
  const decided = ({ id }: Slot) => Object.hasOwn(roles, id)
  const roleOf = (slot: Slot): Role =>
    (decided(slot) ? roles[slot.id] : guesses.get(slot.id)?.role) ?? 'leave'
  const recipient = slots.find((slot) => roleOf(slot) === 'To')
  const cuts = recipient ? dropFurther(draft.body, recipient, slots, decided, notes) : []
  const keeper = new SecretKeeper()
  const values = slots.map((slot) => valueOf(slot, roleOf(slot), keeper))
  const byId = new Map(values.map((value) => [value.id, value]))
  const text = (key: string): string => {
    const part = draft.parts.find((one) => one.key === key)
    if (!part) return ''
    const pieces =
      key === 'body' ? [...part.slots, ...cuts].sort((one, other) => one.start - other.start) : part.slots
    return fillPart({ ...part, slots: pieces.map(narrowed) }, ({ id }) =>
      id === 'cut' ? '' : byId.get(id)?.replacement || null,
    )
  }
  const settings = {
    ...settingsOf(draft, text),
    from: senderIn(slots, roleOf),
    numberFormat: numberFormatOf(recipient?.value ?? ''),
  }
  const choices = choicesOf(slots, values, guesses, recipient)
  notes.push(
    ...valueNotes(slots, roleOf, choices.length > 0),
    ...unfilledNotes(draft.origin, slots, roleOf, notes),
  )
  const replaced = values.filter(
    ({ role, id }) => (role !== 'leave' || Object.hasOwn(roles, id)) && !guesses.get(id)?.unsure,
  )
  const asked = new Set(choices.map(({ id }) => id))
  return { settings, keeper, replaced: replaced.filter(({ id }) => !asked.has(id)), choices }

  /** `tel:` stays in front of a number. */
  function narrowed(slot: Slot): Slot {
    const before = roleOf(slot) === 'To' && slot.id !== 'cut' ? numberPrefix(slot.value) : ''
    const stays = before !== '' && slot.kind !== 'query'
    return stays ? { ...slot, start: slot.start + before.length } : slot
  }
}

function valueOf(slot: Slot, role: Role, keeper: SecretKeeper): ImportedValue {
  const { id, where, value } = slot
  const unfilled = role === 'secret' ? looksUnfilledCredential(value) || value === '' : looksUnfilled(value)
  const replacement =
    role === 'leave' ? '' : role === 'secret' ? keeper.keep(wished(slot), value, unfilled) : `$$${role}`
  return {
    id,
    where,
    value: value.length > 300 ? `${value.slice(0, 300)}…` : value,
    role,
    replacement,
    unfilled,
  }
}

function wished({ kind, name }: Slot): string {
  if (kind === 'path') return name === '' ? 'path' : name
  return kind === 'header' ? name.toLowerCase() : name
}

function senderIn(slots: readonly Slot[], roleOf: (slot: Slot) => Role): string {
  const value = slots.find((slot) => roleOf(slot) === 'From')?.value.trim() ?? ''
  return looksUnfilled(value) || value.length > 50 ? '' : value
}

/** What is unsure, and where nothing was found for the number or the text, everything that it could be. */
function choicesOf(
  slots: readonly Slot[],
  values: readonly ImportedValue[],
  guesses: ReadonlyMap<string, Guess>,
  recipient: Slot | undefined,
): ImportedValue[] {
  const found = (role: Role) => [...guesses.values()].some((guess) => guess.role === role)
  const lacking = !(found('To') && found('Body'))
  const asked = slots.flatMap((slot, index) => {
    const guess = guesses.get(slot.id)
    const further =
      recipient !== undefined && slot !== recipient && guess === undefined && isSame(slot, recipient)
    const possible =
      lacking && guess === undefined && !further && !['auth', 'header', 'path'].includes(slot.kind)
    const written = parseTemplate(slot.value.slice(0, 5000)).some((part) => part.kind !== 'text')
    const value = values[index]
    return value && (guess?.unsure || (possible && slot.value !== '' && !written)) ? [value] : []
  })
  return asked.slice(0, mostChoices)
}
