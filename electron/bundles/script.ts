import type { Bundle } from '#shared/bundle/format.ts'
import type { BundleAttempt } from '#shared/bundle/attempt-schema.ts'
import { plainReply, replying, type Decision, type Reply } from '../simulator/decision.ts'
import { answerLimitBytes } from '../sending/exchange.ts'

/** What the simulator does with a provider's requests, in their order. `after`: milliseconds that the answer took. */
export interface Step {
  decision: Decision
  after: number
}

export interface BundleScript {
  /** By the provider's place in the bundle. */
  steps: Step[][]
  /** Why nothing can be replayed, in words; null: it can. */
  obstacle: string | null
  /** What comes out otherwise than was recorded, in words. */
  notes: string[]
}

/** Longer than any time-out of a provider. */
const stallMs = 200_000

/** The bundle's attempts as what the simulator answers. Pure. */
export function scriptOf(bundle: Bundle): BundleScript {
  const { attempts, providers } = bundle
  const steps: Step[][] = providers.map(() => [])
  const notes: string[] = []
  for (const attempt of attempts) {
    const place = providers.findIndex(({ id }) => id === attempt.providerId)
    if (place < 0) return { steps, notes, obstacle: withoutProvider(attempt) }
    if (attempt.cleared) return { steps, notes, obstacle: withoutContents(attempt) }
    const made = stepOf(attempt)
    if (!made) break
    steps[place]?.push({ decision: made.decision, after: attempt.timings?.firstByte ?? 0 })
    if (made.note) notes.push(`Attempt ${attempt.position} ${made.note}`)
  }
  const isEmpty = steps.every(({ length }) => length === 0)
  const obstacle = isEmpty ? 'No attempt of it came to an end that could be replayed.' : null
  if (bundle.group?.policies.noReceiptMinutes && attempts.some(({ why }) => why?.noReceipt))
    notes.push('It went on when no delivery receipt came in time; a replay waits as long.')
  return { steps, notes, obstacle }
}

function withoutProvider({ position, providerName }: BundleAttempt): string {
  return `The settings of ${providerName}, which attempt ${position} was made with, are not in the bundle: it was deleted, or never saved.`
}

function withoutContents({ position }: BundleAttempt): string {
  return `The contents of attempt ${position} are not in the bundle: they were removed before it was exported, as they were older than contents are kept.`
}

interface Made {
  decision: Decision
  note?: string
}

/** Null: nothing of it can be done again. */
function stepOf({ response, outcome, timings }: BundleAttempt): Made | null {
  if (response) {
    const { status, headers, body } = response
    return { decision: replying({ status, headers: headersOf(headers), body }, 'Answered as recorded', true) }
  }
  if (!outcome) return null
  switch (outcome.code) {
    case 'cancelled_before_sending':
    case 'cancelled_after_sending':
      return null
    case 'first_byte_timed_out':
      return { decision: { kind: 'silence', words: 'No answer, as recorded', accepted: true } }
    case 'total_timed_out':
      return { decision: stalled(timings?.firstByte !== null) }
    case 'answer_too_large': {
      const reply = plainReply(200, 'x'.repeat(answerLimitBytes + 1))
      return { decision: replying(reply, 'Too long an answer, as recorded', true) }
    }
    case 'answer_unreadable': {
      const reply: Reply = { status: 200, headers: { 'content-encoding': 'gzip' }, body: 'not compressed' }
      return { decision: replying(reply, 'An unreadable answer, as recorded', true) }
    }
    default:
      return failed(outcome)
  }
}

/** With its head where that had come. */
function stalled(withHead: boolean): Decision {
  if (!withHead) return { kind: 'silence', words: 'No answer, as recorded', accepted: true }
  const reply = { status: 200, headers: { 'content-type': 'text/plain' }, body: ' '.repeat(20) }
  return { ...replying(reply, 'An answer without an end, as recorded', true), bodyMs: stallMs } as Decision
}

/** Failures of the way there have no answer: the nearest that a server can do has the same class. */
function failed({ class: wanted, code }: NonNullable<BundleAttempt['outcome']>): Made {
  if (wanted === 'unknown')
    return { decision: { kind: 'reset', words: 'Reset, as recorded', accepted: true } }
  const note = `failed on the way to the provider (${code}), which a simulator cannot do`
  if (wanted === 'misconfigured')
    return { decision: bare(403), note: `${note}: it answers 403, which is misconfigured as well.` }
  return { decision: bare(503), note: `${note}: it answers 503, which is unavailable as well.` }
}

const bare = (status: number) =>
  replying({ status, headers: {}, body: '' }, `${status} for a failure on the way`, false)

/** Of the connection and the length of the body, which are the server's own, and what the body was packed in. */
const notKept =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|content-encoding|set-cookie|date)$/i

function headersOf(headers: readonly { name: string; value: string }[]): Record<string, string> {
  const kept = new Map<string, string>()
  for (const { name, value } of headers) {
    if (notKept.test(name)) continue
    const key = name.toLowerCase()
    const before = kept.get(key)
    kept.set(key, inLatin(before === undefined ? value : `${before}, ${value}`))
  }
  const type = kept.get('content-type')
  // The body was decoded when it was recorded, and goes out as UTF-8.
  if (type !== undefined) kept.set('content-type', type.replace(/(charset\s*=\s*)"?[^\s;"]+"?/i, '$1utf-8'))
  return Object.fromEntries(kept)
}

const inLatin = (text: string) => text.replace(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '?')
