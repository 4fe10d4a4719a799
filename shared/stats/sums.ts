/** What is summed up for a scope and a stretch of time. All are whole numbers. */
export interface Sums {
  /** Messages that a provider took. */
  sent: number
  delivered: number
  undelivered: number
  /** Messages that were not taken, or taken and not delivered. */
  errors: number
  clicks: number
  /** Messages with a click. */
  clicked: number
  /** Replies that belong to a message. */
  replies: number
  /** Of the messages that were taken. */
  segments: number
  /** Messages that were taken after an earlier attempt had failed. */
  failedOver: number
}

export const sumNames = [
  'sent',
  'delivered',
  'undelivered',
  'errors',
  'clicks',
  'clicked',
  'replies',
  'segments',
  'failedOver',
] as const satisfies readonly (keyof Sums)[]

export function noSums(): Sums {
  return {
    sent: 0,
    delivered: 0,
    undelivered: 0,
    errors: 0,
    clicks: 0,
    clicked: 0,
    replies: 0,
    segments: 0,
    failedOver: 0,
  }
}

/** Adds the second to the first, in place. */
export function addSums(to: Sums, more: Readonly<Sums>): Sums {
  for (const name of sumNames) to[name] += more[name]
  return to
}
