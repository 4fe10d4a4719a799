import { faultSchema, type Fault, type FaultEffect } from '#shared/simulator.ts'
import { isReceiptFault } from '#shared/simulator-phone.ts'

/** A fault as it is typed. The effect is one choice of a list; its number is kept while another effect is chosen. */
export interface FaultDraft {
  id: string
  enabled: boolean
  /** Empty: every vendor. */
  vendor: string
  /** Empty: every number. */
  number: string
  share: string
  /** `answer:rateLimited`, `wrongBody:html`, or the kind alone. */
  effect: string
  ms: string
  status: string
  /** Of a bad end; empty: the vendor's usual one. */
  code: string
}

export type FaultField = 'number' | 'share' | 'ms' | 'status' | 'code' | 'effect'
export type FaultErrors = Partial<Record<FaultField, string>>

export function effectKey(effect: FaultEffect): string {
  if (effect.kind === 'answer') return `answer:${effect.answer}`
  if (effect.kind === 'receiptsBadEnd') return `receiptsBadEnd:${effect.end}`
  return effect.kind === 'wrongBody' ? `wrongBody:${effect.body}` : effect.kind
}

export function draftOf(fault: Fault): FaultDraft {
  const { effect } = fault
  return {
    id: fault.id,
    enabled: fault.enabled,
    vendor: fault.vendor ?? '',
    number: fault.number ?? '',
    share: String(fault.share),
    effect: effectKey(effect),
    ms: 'ms' in effect ? String(effect.ms) : '3000',
    status: effect.kind === 'status' ? String(effect.status) : '503',
    code: effect.kind === 'receiptsBadEnd' ? effect.code : '',
  }
}

/** The fault that was typed, or what is wrong with it, field by field. */
export function readDraft(draft: FaultDraft): { fault: Fault } | { errors: FaultErrors } {
  const number = draft.number.replace(/[\s()./-]/g, '')
  const parsed = faultSchema.safeParse({
    id: draft.id,
    enabled: draft.enabled,
    vendor: draft.vendor || null,
    number: number || null,
    share: numberOf(draft.share.replace(/%$/, '')),
    effect: effectOf(draft),
  })
  if (parsed.success) return { fault: parsed.data }
  const errors: FaultErrors = {}
  for (const { path, message } of parsed.error.issues) {
    const field = fieldAt(path)
    errors[field] ??= fieldWords(field, draft) ?? message
  }
  return { errors }
}

/** The schema's own words stand where it has some; these are for what it only calls a wrong type or range. */
function fieldWords(field: FaultField, draft: FaultDraft): string | null {
  if (field === 'status') return 'Enter a status from 300 to 599.'
  if (field === 'share' && numberOf(draft.share.replace(/%$/, '')) === null)
    return 'Enter a number from 0.1 to 100.'
  if (field === 'ms' && !Number.isInteger(numberOf(draft.ms)))
    return `Enter whole milliseconds, 1 to ${isReceiptFault({ kind: draft.effect }) ? '3,600,000' : '120,000'}.`
  return null
}

function fieldAt([first, second]: PropertyKey[]): FaultField {
  if (first === 'number' || first === 'share') return first
  return second === 'ms' || second === 'status' || second === 'code' ? second : 'effect'
}

function effectOf({ effect, ms, status, code }: FaultDraft): unknown {
  const [kind, detail] = effect.split(':')
  if (kind === 'answer') return { kind, answer: detail }
  if (kind === 'wrongBody') return { kind, body: detail }
  if (kind === 'status') return { kind, status: numberOf(status) }
  if (kind === 'receiptsBadEnd') return { kind, end: detail, code }
  return timed.includes(kind ?? '') ? { kind, ms: numberOf(ms) } : { kind }
}

/** Effects that go by milliseconds. */
export const timed: readonly string[] = ['latency', 'slowBody', 'receiptsLate']

/** With a comma or a point; null for what is no number. */
function numberOf(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}
