import { looksUnfilled } from './fill-in.ts'
import { numberFormatOf } from './number-format.ts'
import type { Note } from '../curl-words.ts'
import type { Role, Slot } from '../draft/slot.ts'
import { isPhoneList } from './value-shapes.ts'

type RoleOf = (slot: Slot) => Role

/** What had better be known of the values that were replaced; `asked`: whether there are values to choose among. */
export function valueNotes(slots: readonly Slot[], roleOf: RoleOf, asked: boolean): Note[] {
  const notes = slots.flatMap((slot) => (roleOf(slot) === 'To' ? recipientNotes(slot) : []))
  const has = (role: Role, placeholder: string) =>
    slots.some((slot) => roleOf(slot) === role || slot.value.includes(placeholder))
  if (!has('To', '$$To')) {
    notes.push({
      kind: 'check',
      what: '$$To',
      why: `No number was found in the command. ${nextStep('$$To', asked)}`,
    })
  }
  if (!has('Body', '$$Body') && !has('TemplateID', '$$TemplateID')) {
    notes.push({
      kind: 'check',
      what: '$$Body',
      why: `No text was found in the command. ${nextStep('$$Body', asked)}`,
    })
  }
  return notes
}

function nextStep(placeholder: string, asked: boolean): string {
  const put = `put ${placeholder} where it belongs.`
  return asked ? `Pick it under Choose, or after Continue ${put}` : `After Continue, ${put}`
}

const formats = {
  digits: 'without it, as in 14155550123',
  national: 'in national form, without country code',
}

function recipientNotes({ value, kind, where }: Slot): Note[] {
  const notes: Note[] = []
  const format = numberFormatOf(value)
  if (format !== 'e164') {
    const why = `The sample has no + before the number, so $$To is written ${formats[format]}; the form can change that.`
    notes.push({ kind: 'check', what: where, why })
  }
  if (kind === 'number') {
    notes.push({
      kind: 'check',
      what: where,
      why: 'The sample has a JSON number here; $$To goes out as text, in quotes.',
    })
  }
  if (isPhoneList(value)) {
    notes.push({
      kind: 'check',
      what: where,
      why: 'The sample has several numbers here; a message goes to one.',
    })
  }
  return notes
}

/**
 * Hints such as `<sender>` that stay in the settings. A variable that was replaced needs no remark of its own any more,
 * so those are taken out of `notes`.
 */
export function unfilledNotes(origin: string, slots: readonly Slot[], roleOf: RoleOf, notes: Note[]): Note[] {
  const replaced = new Set(slots.filter((slot) => roleOf(slot) !== 'leave').map(({ value }) => value.trim()))
  const rest = notes.filter(
    ({ kind, what, why }) =>
      !(kind === 'check' && why.startsWith('The shell would put') && replaced.has(what)),
  )
  notes.splice(0, notes.length, ...rest)
  const host = origin.slice(origin.indexOf('://') + 3)
  const hint = /[<>{}[\]$%]|your|x{4}/i.test(host.slice(0, 300)) && !/^\[[0-9a-f:.]+\](?::\d+)?$/i.test(host)
  const found: Note[] = hint
    ? [{ kind: 'check', what: host.slice(0, 80), why: 'Put your own host here, in the endpoint.' }]
    : []
  for (const slot of slots) {
    const role = roleOf(slot)
    if (!looksUnfilled(slot.value) || (role !== 'leave' && role !== 'From')) continue
    const why =
      role === 'From'
        ? 'Enter the sender under From in the form.'
        : `Put your own value here (${slot.where}).`
    found.push({ kind: 'check', what: slot.value.slice(0, 80), why })
  }
  return found
}
