import type { LogFilter } from '../message-log.ts'
import type { CountedErrors } from './counted-errors.ts'
import type { StatsScope } from './query.ts'
import type { LatencyStep } from './latency.ts'
import type { Sums } from './sums.ts'

export interface DaySums {
  /** As in 2026-03-29. */
  date: string
  /** Epoch milliseconds; `until` is the first that is left out. */
  since: number
  until: number
  sums: Sums
}

/** What the map of weekdays and hours holds of each. */
export type HourSums = Pick<Sums, 'sent' | 'errors' | 'clicks'>

export interface RangeSums {
  /** The first and the last date. */
  from: string
  to: string
  since: number
  until: number
  days: DaySums[]
  totals: Sums
}

/** Errors of one kind. */
export interface ErrorReason extends Pick<CountedErrors, 'class' | 'code' | 'vendorCode' | 'words'> {
  count: number
  /** Of these, errors of messages that are kept no longer. */
  gone: number
  /** What the log shows the messages behind it by. */
  filter: LogFilter
}

export interface Latency {
  /** Answers that were timed. */
  count: number
  /** Milliseconds, by percent. Null without answers. */
  percentiles: { percent: number; ms: number | null }[]
  /** In order; see `boundsOf`. Steps without answers are left out. */
  steps: LatencyStep[]
}

export interface Cost {
  /** ISO 4217. */
  currency: string
  amount: number
}

export interface ProviderStats {
  id: string
  name: string
  archived: boolean
  simulated: boolean
  callbacks: boolean
  totals: Sums
  /** Of the answers' times, milliseconds. */
  median: number | null
  p95: number | null
  costs: Cost[]
}

export interface StatsAnswer {
  scope: StatsScope
  /** Of the provider or group; empty for all. */
  name: string
  archived: boolean
  zone: string
  /** When it was asked, epoch milliseconds. */
  at: number
  /** Whether a receipt that tells of delivery was ever counted for the scope; without, Total Delivered and Delivery Rate are 0. */
  callbacks: boolean
  range: RangeSums
  /** The same number of days before it; null unless asked for. */
  before: RangeSums | null
  /** Most first. */
  reasons: ErrorReason[]
  latency: Latency
  /** By currency. */
  costs: Cost[]
  /** Of the range before; null unless asked for. */
  costsBefore: Cost[] | null
  /** By weekday, from Monday on, and hour of the day in the zone. */
  hours: HourSums[][]
  /** Side by side, most sent first: all of them, or a group's members; for a provider itself alone. */
  providers: ProviderStats[]
  /** What is not in it, as the query leaves it out. */
  leftOut: { tests: number; simulated: number }
  /** Figures of older messages are still being reckoned, which ends by itself. Null when all are there. */
  building: { done: number; all: number } | null
}

/** A check, or a repair, as it goes. */
export interface StatsWork {
  kind: 'check' | 'repair'
  state: 'running' | 'done' | 'cancelled' | 'failed'
  /** Messages looked at, and those that there are. */
  done: number
  all: number
  /** Of a check that is done: figures that differ from the log, and some of them. */
  differences: number
  examples: StatsDifference[]
}

export interface StatsDifference {
  /** 'all', or the name of a provider or group. */
  scope: string
  /** The quarter of an hour, epoch milliseconds. */
  since: number
  figure: string
  kept: number
  inLog: number
}
