import type { ReadItem } from '#shared/callbacks/callback.ts'
import { groupPhone } from '#shared/phone.ts'
import { formatWholeTime } from '../../../lib/format.ts'

export const itemTitles: Record<ReadItem['kind'], string> = {
  receipt: 'Receipt',
  reply: 'Reply',
  click: 'Click',
  optOut: 'Opt-out',
}

/** What was read of a record, name by name. */
export function factsOf(item: ReadItem): { name: string; value: string }[] {
  const at = item.at === null ? null : formatWholeTime(item.at)
  const facts: [string, string | null][] = [
    ['Vendor’s id', item.vendorId],
    ['Message id', item.reference],
    ['To', item.to && groupPhone(item.to)],
    ['From', item.from && groupPhone(item.from)],
    ['Error code', item.errorCode],
    ['Error text', item.errorText],
    ['Text', item.text],
    ['Address', item.url],
    ['Time', at],
  ]
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value }]))
}

/** Why a record that was read would find no message; null: nothing speaks against it. */
export function lackOf(item: ReadItem): string | null {
  if (item.kind === 'receipt' || item.kind === 'click') {
    if (item.vendorId === null && item.reference === null)
      return 'It has neither an id nor a reference, so it would find no message.'
  } else if (item.from === null) return 'It does not say who replies, so it would find no message.'
  return item.lacks
}
