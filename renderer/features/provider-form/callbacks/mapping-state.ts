import type { CallbackMapping, ReceiptState } from '#shared/callbacks/format.ts'
import type { NumberField } from '../form-state.ts'

export interface FormWord {
  /** Only for the page: keeps a line's inputs when those above it go. */
  id: string
  word: string
  state: ReceiptState
}

type Kind<Name extends 'receipts' | 'replies' | 'clicks'> = NonNullable<CallbackMapping[Name]>

/** A mapping laid flat, so that what was typed stays while it is switched off. */
export interface MappingForm {
  on: boolean
  receipts: Omit<Kind<'receipts'>, 'statuses'> & { statuses: FormWord[] }
  replies: Kind<'replies'>
  clicks: Kind<'clicks'>
  timeForm: CallbackMapping['timeForm']
  zone: string
  answer: { status: NumberField; contentType: string; body: string }
}

export type MappedKind = 'receipts' | 'replies' | 'clicks'

const noReceipts = {
  itemsAt: '',
  id: '',
  reference: '',
  to: '',
  status: '',
  statuses: [],
  error: '',
  errorText: '',
  time: '',
}
const noReplies: Kind<'replies'> = { itemsAt: '', from: '', to: '', text: '', time: '' }
const noClicks: Kind<'clicks'> = { itemsAt: '', id: '', reference: '', url: '', time: '' }

export function newWord(word: string, state: ReceiptState): FormWord {
  return { id: crypto.randomUUID(), word, state }
}

/** `words`: those that a new mapping of the vendor begins with. */
export function mappingFormOf(
  mapping: CallbackMapping | null,
  words: Readonly<Record<string, ReceiptState>> = {},
): MappingForm {
  const statuses =
    mapping?.receipts?.statuses ??
    (mapping === null ? Object.entries(words).map(([word, state]) => ({ word, state })) : [])
  return {
    on: mapping !== null,
    receipts: {
      ...(mapping?.receipts ?? noReceipts),
      statuses: statuses.map(({ word, state }) => newWord(word, state)),
    },
    replies: { ...(mapping?.replies ?? noReplies) },
    clicks: { ...(mapping?.clicks ?? noClicks) },
    timeForm: mapping?.timeForm ?? 'iso',
    zone: mapping?.zone ?? '+00:00',
    answer: { ...(mapping?.answer ?? { status: 200, contentType: 'text/plain; charset=utf-8', body: '' }) },
  }
}

/** Positions of the words that are written: an empty last line is a place to type. */
export function filledWordPlaces(words: readonly FormWord[]): number[] {
  return words.flatMap(({ word }, index) => (word.trim() === '' ? [] : [index]))
}

export function mappingOf(form: MappingForm): CallbackMapping | null {
  if (!form.on) return null
  const statuses = form.receipts.statuses
    .filter(({ word }) => word.trim() !== '')
    .map(({ word, state }) => ({ word: word.trim(), state }))
  const receipts = { ...trimmed({ ...form.receipts, statuses: '' }), statuses }
  return {
    receipts: isMapped(form, 'receipts') || statuses.length > 0 ? receipts : null,
    replies: isMapped(form, 'replies') ? trimmed(form.replies) : null,
    clicks: isMapped(form, 'clicks') ? trimmed(form.clicks) : null,
    timeForm: form.timeForm,
    zone: form.zone.trim(),
    answer: {
      status: form.answer.status === '' ? 0 : form.answer.status,
      contentType: form.answer.contentType.trim(),
      body: form.answer.body,
    },
  }
}

/** Whether it says where anything of that kind stands. */
export function isMapped(form: MappingForm, kind: MappedKind): boolean {
  return Object.values(form[kind]).some((place) => typeof place === 'string' && place.trim() !== '')
}

function trimmed<Places extends Record<string, string>>(places: Places): Places {
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [name, place.trim()])) as Places
}
