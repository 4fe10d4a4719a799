import type { Row } from '../../settings.ts'
import type { BodyDraft } from '../draft/body-parts.ts'
import { isSame } from './guess-roles.ts'
import { pathInWords } from '../draft/json-values.ts'
import type { Note } from '../curl-words.ts'
import type { Slot } from '../draft/slot.ts'

/**
 * One message goes to one number: of a list of recipients or messages those after the one that was taken are cut out of
 * the JSON or, as rows, switched off. Answers with the pieces to cut.
 */
export function dropFurther(
  body: BodyDraft,
  recipient: Slot,
  slots: readonly Slot[],
  decided: (slot: Slot) => boolean,
  notes: Note[],
): Slot[] {
  const others = slots.filter((slot) => slot !== recipient && isSame(slot, recipient) && !decided(slot))
  if (others.length === 0) return []
  if (body.kind === 'form') {
    switchOff(body.rows, others, recipient.value, notes)
    return []
  }
  const cuts = cutElements(body, recipient, others)
  if (cuts.length > 0)
    notes.push(
      note(
        cuts
          .map(({ where }) => where)
          .slice(0, 3)
          .join(', ') + (cuts.length > 3 ? ', …' : ''),
      ),
    )
  return cuts
}

function cutElements(
  body: Extract<BodyDraft, { kind: 'raw' }>,
  recipient: Slot,
  others: readonly Slot[],
): Slot[] {
  return recipient.path.flatMap((step, depth) => {
    if (typeof step !== 'number') return []
    const before = JSON.stringify(recipient.path.slice(0, depth))
    const held = new Set(others.map(({ path }) => JSON.stringify(path.slice(0, depth + 1))))
    return body.elements
      .filter(({ path }) => path.length === depth + 1 && Number(path[depth]) > step)
      .filter(({ path }) => JSON.stringify(path.slice(0, depth)) === before && held.has(JSON.stringify(path)))
      .map(({ path, from, end }): Slot => ({
        ...recipient,
        id: 'cut',
        kind: 'json',
        start: from,
        end,
        where: pathInWords(path),
      }))
  })
}

function switchOff(rows: Row[], others: readonly Slot[], taken: string, notes: Note[]): void {
  for (const { part, where, value } of others) {
    const row = rows[Number(part.split(':')[1])]
    if (!row || value === taken) continue
    row.enabled = false
    notes.push({
      kind: 'check',
      what: where,
      why: 'A message goes to one number: this further one is switched off.',
    })
  }
}

const note = (what: string): Note => ({
  kind: 'check',
  what,
  why: 'A message goes to one number: these further ones of the sample were left out. The form can send several messages in one request (batches).',
})
