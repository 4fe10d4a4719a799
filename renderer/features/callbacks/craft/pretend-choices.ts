import type { Pretend } from '#shared/callbacks/callback-commands.ts'
import type { ReceiptState } from '#shared/callbacks/format.ts'

export type PretendChoice = 'delivered' | 'failed' | 'sent' | 'replied' | 'clicked'

export const pretendChoices: { value: PretendChoice; label: string }[] = [
  { value: 'delivered', label: 'Delivered' },
  { value: 'failed', label: 'Not delivered' },
  { value: 'sent', label: 'On its way' },
  { value: 'replied', label: 'Replied to' },
  { value: 'clicked', label: 'Clicked' },
]

/** The ends at which a message did not arrive, as vendors tell them apart. */
export const badEnds: { value: ReceiptState; label: string }[] = [
  { value: 'undelivered', label: 'Undelivered' },
  { value: 'failed', label: 'Failed' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'expired', label: 'Expired' },
]

export interface PretendDraft {
  choice: PretendChoice
  end: ReceiptState
  /** Empty: the code that the vendor usually gives. */
  code: string
  text: string
  url: string
}

export const firstPretend = (): PretendDraft => ({
  choice: 'delivered',
  end: 'undelivered',
  code: '',
  text: 'STOP',
  url: 'https://example.com/',
})

/** Null while something is missing. */
export function pretendOf({ choice, end, code, text, url }: PretendDraft): Pretend | null {
  if (choice === 'replied') return text.trim() === '' ? null : { kind: 'reply', text }
  if (choice === 'clicked') return url.trim() === '' ? null : { kind: 'click', url: url.trim() }
  const state = choice === 'failed' ? end : choice
  return { kind: 'receipt', state, errorCode: choice === 'failed' ? code.trim() : '' }
}
