import type { Attempt, RecordedResponse, Timings } from '#shared/attempt.ts'
import type { AttemptOutcome, OutcomeClass, OutcomeCode } from '#shared/outcome.ts'
import { vendorCodes, type Actor } from './cast.ts'
import type { Trouble } from './incidents.ts'
import type { Random } from './random.ts'
import type { Scene } from './stories.ts'

/** What came of an attempt, as the workbench writes it down. */
export type Ending = Pick<Attempt, 'bytesOut' | 'response'> & {
  outcome: AttemptOutcome
  timings: Timings
  providerMessageId: string | null
}

type Kind = readonly [outcome: OutcomeClass, code: OutcomeCode, status: number | null]
type Odds = readonly (readonly [weight: number, kind: Kind])[]

const timeoutMs = 10_000
const cancelled = 0.0002
const testsCancelled = 0.02
/** What is tried out is often not right yet. */
const testsFailing = 0.25
const accepted: Kind = ['accepted', 'accepted', 202]
const refused: Kind = ['unavailable', 'connection_refused', null]
const silent: Kind = ['unknown', 'first_byte_timed_out', null]
const coded: Kind = ['rejected', 'vendor_code', 200]

/** Of the attempts that fail without a special reason. */
const usual: Odds = [
  [70, coded],
  [8, ['unavailable', 'rate_limited', 429]],
  [6, ['unknown', 'server_error', 500]],
  [5, ['unavailable', 'service_unavailable', 503]],
  [4, silent],
  [2, ['unknown', 'reset_after_sending', null]],
  [1, ['unavailable', 'connect_timed_out', null]],
  [1, ['unavailable', 'dns_failed', null]],
  [1, ['misconfigured', 'bad_request', 400]],
  [0.05, ['unavailable', 'tls_failed', null]],
]

/** What is in the way, and of how many attempts it is. */
const inTrouble: Record<Trouble, { share: number; odds: Odds }> = {
  down: {
    share: 0.97,
    odds: [
      [6, refused],
      [3, ['unavailable', 'service_unavailable', 503]],
      [1, ['unknown', 'bad_gateway', 502]],
    ],
  },
  slow: {
    share: 0.12,
    odds: [
      [5, silent],
      [1, ['unknown', 'gateway_timed_out', 504]],
    ],
  },
  busy: { share: 0.5, odds: [[1, ['unavailable', 'rate_limited', 429]]] },
  unpaid: { share: 1, odds: [[1, ['misconfigured', 'payment_required', 402]]] },
  locked_out: { share: 1, odds: [[1, ['misconfigured', 'unauthorized', 401]]] },
}

export function endingOf(actor: Actor, trouble: Trouble | null, scene: Scene, random: Random): Ending {
  if (random.chance(scene.test ? testsCancelled : cancelled)) return cancelledBefore
  const cause = trouble === null ? null : inTrouble[trouble]
  const hit = cause !== null && random.chance(cause.share)
  const odds = hit ? cause.odds : random.chance(scene.test ? testsFailing : actor.failing) ? usual : null
  const [outcomeClass, code, status] = odds === null ? accepted : random.weighted(odds)
  const vendor = code === 'vendor_code' ? random.weighted(weightedCodes) : null
  const outcome: AttemptOutcome = {
    class: vendor?.meaning ?? outcomeClass,
    code,
    facts: { host: actor.host, ...(status === null ? {} : { status }) },
  }
  if (vendor) Object.assign(outcome.facts, { errorCode: vendor.code, errorText: vendor.text })
  if (code === 'first_byte_timed_out') Object.assign(outcome.facts, { timeout: 'firstByte', timeoutMs })
  const providerMessageId = code === 'accepted' ? `m-${scene.id.slice(24)}` : null
  const response = status === null ? null : responseOf(status, providerMessageId, vendor)
  const total =
    code === 'first_byte_timed_out'
      ? timeoutMs
      : random.skewed(actor.latency * (trouble === 'slow' ? 9 : 1), 0.5)
  const bytesOut = response !== null || outcomeClass === 'unknown'
  return {
    outcome,
    bytesOut,
    response,
    timings: timingsOf(round(total), response !== null),
    providerMessageId,
  }
}

const cancelledBefore: Ending = {
  outcome: { class: 'cancelled', code: 'cancelled_before_sending', facts: {} },
  bytesOut: false,
  response: null,
  timings: timingsOf(0, false),
  providerMessageId: null,
}

const weightedCodes = vendorCodes.map((one) => [one.weight, one] as const)

function responseOf(
  status: number,
  id: string | null,
  vendor: (typeof vendorCodes)[number] | null,
): RecordedResponse {
  const body = JSON.stringify(
    id
      ? { id, status: 'queued' }
      : vendor
        ? { status: 'failed', code: vendor.code, message: vendor.text }
        : { status: 'failed' },
  )
  return { status, statusText: '', headers: json, body, bytes: body.length }
}

const json = [{ name: 'content-type', value: 'application/json' }]

/** Most go over a connection that is open, as while many are sent. */
function timingsOf(total: number, answered: boolean): Timings {
  const firstByte = answered ? round(total * 0.97) : null
  const download = answered ? round(total * 0.03) : null
  return {
    dns: null,
    connect: null,
    tls: null,
    firstByte,
    download,
    total,
    reused: true,
    remoteAddress: null,
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
