import { callbackFormatSchema, type CallbackFormat, type CallbackMapping } from '../format.ts'

type Place = string

/** The formats of a user's own mapping, in the order in which they are tried. */
export function formatsOfMapping(mapping: CallbackMapping): CallbackFormat[] {
  const { receipts, replies, clicks } = mapping
  const common = {
    method: 'POST',
    contentType: 'json',
    timeForm: mapping.timeForm,
    zone: mapping.zone,
  }
  const receipt = receipts && {
    ...common,
    kind: 'receipt',
    itemsAt: receipts.itemsAt,
    id: at(receipts.id),
    reference: at(receipts.reference),
    to: at(receipts.to),
    status: at(receipts.status),
    statuses: Object.fromEntries(receipts.statuses.map(({ word, state }) => [word, state])),
    error: at(receipts.error),
    errorText: at(receipts.errorText),
    time: at(receipts.time),
  }
  const known = receipts?.statuses.map(({ word }) => word) ?? []
  const formats = [
    // A reply may have a status of its own, and a receipt the text that was sent: a word of the table tells it for sure.
    receipt && known.length > 0 && receipts.status !== ''
      ? { ...receipt, name: mappedNames.receipt, when: [{ at: receipts.status, is: known }] }
      : null,
    clicks && {
      ...common,
      name: mappedNames.click,
      kind: 'click',
      when: when(clicks.url, clicks.id, clicks.reference),
      itemsAt: clicks.itemsAt,
      id: at(clicks.id),
      reference: at(clicks.reference),
      url: at(clicks.url),
      time: at(clicks.time),
    },
    replies && {
      ...common,
      name: mappedNames.reply,
      kind: 'reply',
      when: when(replies.text, replies.from),
      itemsAt: replies.itemsAt,
      from: at(replies.from),
      to: at(replies.to),
      text: at(replies.text),
      time: at(replies.time),
    },
    receipt && {
      ...receipt,
      name: mappedNames.unknownReceipt,
      when: when(receipts.status, receipts.id, receipts.reference),
    },
  ]
  return formats.flatMap((format) =>
    format === null || format.when.length === 0 ? [] : [callbackFormatSchema.parse(format)],
  )
}

export const mappedNames = {
  receipt: 'Your receipts',
  unknownReceipt: 'Your receipts, with a word that is not in the table',
  reply: 'Your replies',
  click: 'Your clicks',
}

const at = (place: Place) => (place === '' ? [] : [place])

/** The first place that is named has to be there: it is what the kind is told by. */
function when(...places: Place[]): { at: Place }[] {
  return places
    .filter((place) => place !== '')
    .slice(0, 1)
    .map((place) => ({ at: place }))
}
