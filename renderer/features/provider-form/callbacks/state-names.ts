import type { ReceiptState } from '#shared/callbacks/format.ts'

export const stateNames: Record<ReceiptState, string> = {
  queued: 'Queued',
  sent: 'Sent',
  delivered: 'Delivered',
  undelivered: 'Undelivered',
  failed: 'Failed',
  rejected: 'Rejected',
  expired: 'Expired',
}
