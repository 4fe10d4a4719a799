import type { Database } from 'better-sqlite3'
import type { StatsAnswer } from '#shared/stats/answer.ts'
import type { StatsScope } from '#shared/stats/query.ts'
import { noSums, type Sums } from '#shared/stats/sums.ts'

/*
 * The same figures by brute force: message by message and attempt by attempt, from their definitions and from nothing
 * else.
 */

interface MessageInLog {
  seq: number
  id: string
  test: 0 | 1
  simulated: 0 | 1
  state: string
  segments: number
  cost: number | null
  currency: string | null
  group_id: string | null
  settled_as: string | null
}

interface AttemptInLog {
  message_seq: number
  provider_id: string | null
  finished_at: number
  class: string
  code: string
  facts: string
  response: string | null
  timings: string
  receipt: string | null
  clicks: number | null
  replies: number | null
  error_code: string | null
  error_text: string | null
}

export interface Counted {
  days: Map<string, Sums>
  /** The messages that have each, by their ids; one stands there as often as it is counted. */
  reasons: Map<string, string[]>
  /** How long each answer took, milliseconds. */
  times: number[]
  costs: Map<string, number>
  sentByHour: Map<string, number>
}

export interface Asked {
  scope: StatsScope
  zone: string
  from: string
  to: string
  tests: boolean
  simulated: boolean
}

export function countLog(db: Database, asked: Asked): Counted {
  const counted: Counted = {
    days: new Map(),
    reasons: new Map(),
    times: [],
    costs: new Map(),
    sentByHour: new Map(),
  }
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: asked.zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  const placeOf = (at: number) => {
    const [date = '', time = ''] = format.format(at).split(', ')
    return { date, hour: Number(time.slice(0, 2)) }
  }
  const isIn = (at: number) => {
    const { date } = placeOf(at)
    return date >= asked.from && date <= asked.to
  }
  const add = (id: string, at: number, sums: Partial<Sums>, reason: string | null) => {
    if (!isIn(at)) return
    const { date, hour } = placeOf(at)
    const day = counted.days.get(date) ?? noSums()
    counted.days.set(date, day)
    for (const [name, amount] of Object.entries(sums)) day[name as keyof Sums] += amount
    if (reason !== null) counted.reasons.set(reason, [...(counted.reasons.get(reason) ?? []), id])
    const place = `${new Date(`${date}T12:00:00Z`).getUTCDay()} ${hour}`
    counted.sentByHour.set(place, (counted.sentByHour.get(place) ?? 0) + (sums.sent ?? 0))
  }
  const addCost = (at: number, { cost, currency }: MessageInLog) => {
    if (cost !== null && currency !== null && isIn(at))
      counted.costs.set(currency, (counted.costs.get(currency) ?? 0) + Math.round(cost * 1e6))
  }
  const { scope } = asked
  for (const { message, attempts } of logOf(db)) {
    if ((message.test && !asked.tests) || (message.simulated && !asked.simulated)) continue
    if (scope.kind === 'group' && message.group_id !== scope.id) continue
    const lastUnknown = attempts.findLast((one) => one.class === 'unknown')
    const isTaken = (one: AttemptInLog) =>
      one.class === 'accepted' ||
      one.receipt === 'sent' ||
      one.receipt === 'delivered' ||
      (one.class === 'unknown' &&
        (one.receipt !== null || (message.settled_as === 'sent' && one === lastUnknown)))
    const isOver = message.state !== 'queued' && message.state !== 'sending'
    const triedBefore = (one: AttemptInLog) =>
      attempts.slice(0, attempts.indexOf(one)).some((before) => before.class !== 'cancelled')
    for (const one of attempts) {
      if (scope.kind === 'provider' && one.provider_id !== scope.id) continue
      if (one.response !== null && isIn(one.finished_at))
        counted.times.push((JSON.parse(one.timings) as { total: number }).total)
      if (scope.kind !== 'provider') continue
      const taken = isTaken(one)
      const undelivered = taken && one.receipt === 'undelivered'
      const failed = taken ? undelivered : one.class !== 'cancelled'
      const clicks = one.clicks ?? 0
      add(
        message.id,
        one.finished_at,
        {
          sent: Number(taken),
          delivered: Number(taken && one.receipt === 'delivered'),
          undelivered: Number(undelivered),
          errors: Number(failed),
          clicks,
          clicked: Number(clicks > 0),
          replies: one.replies ?? 0,
          segments: taken ? message.segments : 0,
          failedOver: Number(taken && triedBefore(one)),
        },
        failed ? reasonOf(one, undelivered) : null,
      )
      if (attempts.findLast((other) => other.class === 'accepted') === one) addCost(one.finished_at, message)
    }
    const [first] = attempts
    const last = attempts.at(-1)
    if (scope.kind === 'provider' || !isOver || !first || !last) continue
    const taken = ['sent', 'delivered', 'undelivered'].includes(message.state)
    const undelivered = message.state === 'undelivered'
    const failed = undelivered || message.state === 'failed'
    const clicks = attempts.reduce((sum, one) => sum + (one.clicks ?? 0), 0)
    const toldSo = attempts.findLast((one) => one.receipt === 'undelivered')
    const failing = attempts.findLast((one) => one.class !== 'accepted' && one.class !== 'cancelled')
    const reason = undelivered
      ? toldSo
        ? reasonOf(toldSo, true)
        : 'undelivered|no_receipt||'
      : failing
        ? reasonOf(failing, false)
        : ''
    add(
      message.id,
      first.finished_at,
      {
        sent: Number(taken),
        delivered: Number(message.state === 'delivered'),
        undelivered: Number(undelivered),
        errors: Number(failed),
        clicks,
        clicked: Number(clicks > 0),
        replies: attempts.reduce((sum, one) => sum + (one.replies ?? 0), 0),
        segments: taken ? message.segments : 0,
        failedOver: Number(taken && triedBefore(last)),
      },
      failed ? reason : null,
    )
    addCost(first.finished_at, message)
  }
  return counted
}

function* logOf(db: Database): Generator<{ message: MessageInLog; attempts: AttemptInLog[] }> {
  const messages = db.prepare('SELECT * FROM messages').all() as MessageInLog[]
  const all = db
    .prepare(
      `SELECT attempts.message_seq, attempts.provider_id, attempt_results.*, attempt_receipts.state AS receipt, clicks, replies,
         error_code, error_text
       FROM attempts JOIN attempt_results ON attempt_seq = attempts.seq
         LEFT JOIN attempt_receipts
           ON attempt_receipts.message_seq = attempts.message_seq AND attempt_receipts.attempt = position
       ORDER BY attempts.message_seq, position`,
    )
    .all() as AttemptInLog[]
  const byMessage = new Map<number, AttemptInLog[]>()
  for (const one of all) byMessage.set(one.message_seq, [...(byMessage.get(one.message_seq) ?? []), one])
  for (const message of messages) yield { message, attempts: byMessage.get(message.seq) ?? [] }
}

function reasonOf(one: AttemptInLog, undelivered: boolean): string {
  const facts = JSON.parse(one.facts) as { errorCode?: string; errorText?: string }
  const [code, text] = undelivered
    ? [one.error_code ?? '', one.error_text ?? '']
    : [facts.errorCode ?? '', facts.errorText ?? '']
  const words = text.replaceAll(/\d/g, '#').slice(0, 120).replaceAll('\t', ' ')
  return `${undelivered ? 'undelivered|receipt' : `${one.class}|${one.code}`}|${code.replaceAll('\t', ' ')}|${words}`
}

/** An answer in the form of the twin's count, for comparing. */
export function countsOfAnswer(answer: StatsAnswer) {
  return {
    days: answer.range.days
      .filter(({ sums }) => Object.values(sums).some((amount) => amount !== 0))
      .map(({ date, sums }) => [date, sums]),
    reasons: answer.reasons
      .map(
        ({ class: one, code, vendorCode, words, count }) => `${one}|${code}|${vendorCode}|${words} ${count}`,
      )
      .toSorted(),
    steps: answer.latency.steps.map(({ step, count }) => `${step} ${count}`),
    costs: answer.costs.map(({ currency, amount }) => `${currency} ${Math.round(amount * 1e6)}`),
    sentByHour: answer.hours
      .flatMap((hours, weekday) =>
        hours.map(({ sent }, hour) => ({ place: `${(weekday + 1) % 7} ${hour}`, sent })),
      )
      .filter(({ sent }) => sent > 0)
      .map(({ place, sent }) => `${place} ${sent}`)
      .toSorted(),
  }
}

export function countsOfTwin({
  days,
  reasons,
  times,
  costs,
  sentByHour,
}: Counted): ReturnType<typeof countsOfAnswer> {
  // Eight steps for each doubling, up to 1 ms the first and from a quarter of an hour on the last.
  const stepOf = (ms: number) => {
    let step = 0
    while (step < 160 && ms > 2 ** (step / 8) * (1 + 1e-9)) step += 1
    return step
  }
  const steps = new Map<number, number>()
  for (const step of times.map(stepOf)) steps.set(step, (steps.get(step) ?? 0) + 1)
  return {
    days: [...days]
      .filter(([, sums]) => Object.values(sums).some((amount) => amount !== 0))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    reasons: [...reasons].map(([reason, ids]) => `${reason} ${ids.length}`).toSorted(),
    steps: [...steps].toSorted(([a], [b]) => a - b).map(([step, all]) => `${step} ${all}`),
    costs: [...costs]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => `${currency} ${amount}`),
    sentByHour: [...sentByHour]
      .filter(([, sent]) => sent > 0)
      .map(([place, sent]) => `${place} ${sent}`)
      .toSorted(),
  }
}
