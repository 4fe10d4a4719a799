import type { Sums } from './stats/sums.ts'

/*
 * Every figure of the stats, defined once: the page, the exports and the tests reckon with these functions and show these
 * words. A rate of nothing is null, shown as a dash: nothing divided by nothing says nothing.
 */

/** What a figure has to know beside the sums. */
export interface Reckoning {
  /** Days that the sums cover, today whole; at least 1. */
  days: number
  /** Whether delivery receipts come for what is looked at. */
  callbacks: boolean
}

export type MetricUnit = 'count' | 'percent' | 'per_day' | 'each'

export interface Metric {
  label: string
  unit: MetricUnit
  /** How it is reckoned, in words. */
  explanation: string
  of(sums: Readonly<Sums>, about: Reckoning): number | null
}

/** In percent; null where there is nothing to be a share of. */
export function share(part: number, whole: number): number | null {
  return whole > 0 ? (part / whole) * 100 : null
}

export const metrics = {
  totalSent: {
    label: 'Total Sent',
    unit: 'count',
    explanation:
      'Messages that a provider accepted. What a provider refused, or what nobody knows the outcome of, is not counted as sent; a message of unknown outcome is once a receipt comes for it or it is marked as sent.',
    of: ({ sent }) => sent,
  },
  totalDelivered: {
    label: 'Total Delivered',
    unit: 'count',
    explanation:
      'Messages for which a delivery receipt says that they arrived. It needs callbacks: without receipts it is zero. A receipt counts on the day of its message, however late it comes.',
    of: ({ delivered }, { callbacks }) => (callbacks ? delivered : 0),
  },
  totalClicks: {
    label: 'Total Clicks',
    unit: 'count',
    explanation:
      'All clicks on links that providers report by callback, each counted. A person who clicks three times makes three.',
    of: ({ clicks }) => clicks,
  },
  totalErrors: {
    label: 'Total Errors',
    unit: 'count',
    explanation:
      'Messages that failed: refused, not sent, of unknown outcome, or accepted and then reported as not delivered. Cancelled messages are not counted.',
    of: ({ errors }) => errors,
  },
  deliveryRate: {
    label: 'Delivery Rate',
    unit: 'percent',
    explanation: 'Total Delivered / Total Sent x 100. Without callbacks it is zero.',
    of: ({ sent, delivered }, { callbacks }) => (callbacks ? share(delivered, sent) : 0),
  },
  dailySent: {
    label: 'Daily Avg Sent',
    unit: 'per_day',
    explanation: 'Total Sent / days of the range. Today counts as a whole day.',
    of: ({ sent }, { days }) => sent / Math.max(1, days),
  },
  dailyDelivered: {
    label: 'Daily Avg Delivery',
    unit: 'per_day',
    explanation:
      'Total Delivered / days of the range: a plain average. Other tools state this figure multiplied by 100, which makes no sense of a daily count.',
    of: ({ delivered }, { days, callbacks }) => (callbacks ? delivered / Math.max(1, days) : 0),
  },
  clicked: {
    label: 'Clicked',
    unit: 'count',
    explanation:
      'Messages with at least one click. A message that is clicked three times counts once here and three times in Total Clicks.',
    of: ({ clicked }) => clicked,
  },
  errors: {
    label: 'Errors',
    unit: 'count',
    explanation: 'The same as Total Errors, for the chosen range.',
    of: ({ errors }) => errors,
  },
  undelivered: {
    label: 'Undelivered',
    unit: 'count',
    explanation:
      'Messages that a provider accepted and that did not arrive, by its receipt or because none came in the time that the group waits. They count as sent and as errors.',
    of: ({ undelivered }) => undelivered,
  },
  clickRate: {
    label: 'Click-Through Rate',
    unit: 'percent',
    explanation: 'With callbacks Clicked / Total Delivered x 100, else Clicked / Total Sent x 100.',
    of: ({ sent, delivered, clicked }, { callbacks }) => share(clicked, callbacks ? delivered : sent),
  },
  errorRate: {
    label: 'Error Rate',
    unit: 'percent',
    explanation: 'Messages that no provider accepted / (those + Total Sent) x 100.',
    of: ({ sent, errors, undelivered }) => share(errors - undelivered, sent + errors - undelivered),
  },
  replies: {
    label: 'Replies',
    unit: 'count',
    explanation: 'Replies that belong to a message, counted on the day of the message.',
    of: ({ replies }) => replies,
  },
  segments: {
    label: 'Segments',
    unit: 'count',
    explanation: 'Segments of the messages that were sent, which is what providers charge for.',
    of: ({ segments }) => segments,
  },
  segmentsEach: {
    label: 'Segments per Message',
    unit: 'each',
    explanation: 'Segments / Total Sent.',
    of: ({ segments, sent }) => (sent > 0 ? segments / sent : null),
  },
  failedOver: {
    label: 'Sent After Failover',
    unit: 'count',
    explanation: 'Messages that were accepted after an earlier attempt of the same message had failed.',
    of: ({ failedOver }) => failedOver,
  },
  failoverShare: {
    label: 'Failover Share',
    unit: 'percent',
    explanation: 'Sent After Failover / Total Sent x 100.',
    of: ({ failedOver, sent }) => share(failedOver, sent),
  },
} as const satisfies Record<string, Metric>

export type MetricName = keyof typeof metrics

export function reckon(name: MetricName, sums: Readonly<Sums>, about: Reckoning): number | null {
  return metrics[name].of(sums, about)
}

/** By which rule the click-through rate of these sums is reckoned, to stand beside the chart. */
export function clickRateRule(callbacks: boolean): string {
  return callbacks ? 'Clicked / Delivered x 100' : 'Clicked / Sent x 100, as there are no delivery receipts'
}

/** Of what is counted, whose words fit what is looked at. */
export const countedOf = {
  all: 'Each message counts once, however many providers it was tried with, when the answer to its first attempt came.',
  group: 'Each message of the group counts once, when the answer to its first attempt came.',
  provider:
    'Each attempt through this provider counts, at the time when its answer came: a message that went on to another provider is an error here and may be sent there.',
} as const

export const explanations = {
  cost: 'What the accepted messages cost by the price that their provider had then, each currency by itself. Messages of providers without a price are not in it.',
  latency:
    'From the start of a request to the end of its answer, over all attempts that were answered. Each is put into one of eight steps per doubling, so that a percentile is exact to about 9 %.',
  reasons:
    'Errors by their class, what happened, and the vendor’s own code and words where it gave some. Digits in words are written as #, so that numbers in them do not make each error a reason of its own.',
  providers:
    'Attempts through each provider in the range, side by side. Their sum is more than all messages where some were tried with several.',
  hours: 'Messages sent by weekday and hour of the chosen zone, over all days of the range.',
  before: 'The same number of days that lie just before the range.',
} as const

/** Why delivered and delivery rate are zero. */
export const noCallbacks =
  'No delivery receipt has come yet, so Total Delivered and Delivery Rate are zero. Set up delivery callbacks with the provider: its callbacks section shows the address.'
