import type { Attempt, RecordedRequest, RecordedResponse } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import { groupPhone } from '#shared/phone.ts'
import { verdictOf } from '#shared/verdict.ts'
import { formatBytes, formatDuration } from '../../lib/format.ts'
import { plainOf } from '../messages/masked-text.ts'
import { outcomeWords, storyWords } from '../messages/outcome-words.ts'
import { timingBars } from '../messages/timing-bars.ts'
import { compareBodies, compareFields } from './compare-bodies.ts'
import { pairAttempts } from './pair-attempts.ts'
import { pairByName, rowOf, type CompareRow, type NamedValue } from './compare-rows.ts'

export interface Compared {
  story: MessageStory
  attempt: Attempt | null
}

/** A pair of attempts of two whole messages, with all that is compared of it. */
export interface ComparedPair {
  key: string
  left: Attempt | null
  right: Attempt | null
  sections: CompareSection[]
}

export interface CompareSection {
  title: string
  rows: CompareRow[]
}

/** Two messages as a whole: how they ended, and what was sent. */
export function compareMessages(left: MessageStory, right: MessageStory): CompareSection {
  const row = (name: string, of: (story: MessageStory) => string | null) => rowOf(name, of(left), of(right))
  const rows = [
    row('State', (story) => storyWords(story).word),
    row('Group', ({ groupName }) => groupName),
    row('Attempts', ({ story }) => String(story.length)),
    row('Provider', ({ providerName }) => providerName || null),
    row('May arrive twice', ({ mayArriveTwice }) => (mayArriveTwice ? 'yes' : 'no')),
    row('To', ({ to }) => groupPhone(to)),
    row('Text', ({ text }) => text),
    row('Length', ({ segments, encoding }) => `${segments} × ${encoding}`),
  ]
  return { title: 'Message', rows: rows.filter((one) => one.left !== null || one.right !== null) }
}

/** Every attempt of two messages, pair by pair. */
export function comparePairs(left: MessageStory, right: MessageStory): ComparedPair[] {
  return pairAttempts(left.story, right.story).map((pair) => ({
    ...pair,
    key: `${pair.left?.position ?? ''}/${pair.right?.position ?? ''}`,
    sections: compareAttempts(
      { story: left, attempt: pair.left },
      { story: right, attempt: pair.right },
      attemptFacts,
    ),
  }))
}

/** Two attempts part by part; a part that neither has is left out. */
export function compareAttempts(
  left: Compared,
  right: Compared,
  facts: ResultFact[] = [...attemptFacts, ...messageFacts],
): CompareSection[] {
  const [one, other] = [left.attempt, right.attempt]
  const sections = [
    { title: 'Result', rows: compareResults(left, right, facts) },
    { title: 'Timing', rows: compareTimings(one, other) },
    ...compareRequests(one?.request ?? null, other?.request ?? null),
    ...compareResponses(one?.response ?? null, other?.response ?? null),
  ]
  return sections.filter(({ rows }) => rows.length > 0)
}

type ResultFact = [name: string, of: (one: Compared) => string | null | undefined]

const attemptFacts: ResultFact[] = [
  ['Verdict', ({ attempt }) => attempt?.outcome && outcomeWords[attempt.outcome.class].word],
  ['What happened', ({ attempt }) => attempt?.outcome && verdictOf(attempt.outcome).title],
  ['Provider’s code', ({ attempt }) => attempt?.outcome?.facts.errorCode],
  ['Provider’s words', ({ attempt }) => attempt?.outcome?.facts.errorText],
  ['Provider', ({ attempt }) => attempt?.providerName],
]
const messageFacts: ResultFact[] = [
  ['To', ({ story }) => groupPhone(story.to)],
  ['Text', ({ story }) => story.text],
  ['Length', ({ story }) => `${story.segments} × ${story.encoding}`],
]

function compareResults(left: Compared, right: Compared, facts: ResultFact[]): CompareRow[] {
  const rows = facts.map(([name, of]) => rowOf(name, of(left) ?? null, of(right) ?? null))
  return rows.filter((one) => one.left !== null || one.right !== null)
}

/** The difference says how much longer the right side took. */
function compareTimings(left: Attempt | null, right: Attempt | null): CompareRow[] {
  const phases = (attempt: Attempt | null) => {
    if (!attempt?.timings) return []
    const bars = timingBars(attempt.timings).map(({ label, ms }) => ({ name: label, ms }))
    return [{ name: 'Total', ms: attempt.timings.total }, ...bars]
  }
  const values = (of: ReturnType<typeof phases>): NamedValue[] =>
    of.map(({ name, ms }) => ({ name, value: formatDuration(ms) }))
  const [lefts, rights] = [phases(left), phases(right)]
  const msOf = (of: ReturnType<typeof phases>, wanted: string) => of.find(({ name }) => name === wanted)?.ms
  return pairByName(values(lefts), values(rights)).map((row) => {
    const [one, other] = [msOf(lefts, row.name), msOf(rights, row.name)]
    if (one === undefined || other === undefined || row.mark === 'same') return row
    const sign = other < one ? '−' : '+'
    return { ...row, difference: sign + formatDuration(Math.abs(other - one)) }
  })
}

function compareRequests(left: RecordedRequest | null, right: RecordedRequest | null): CompareSection[] {
  const [one, other] = [addressOf(left), addressOf(right)]
  const headers = (request: RecordedRequest | null): NamedValue[] =>
    (request?.headers ?? []).map(({ name, value }) => ({ name, value: plainOf(value) }))
  const isForm = (request: RecordedRequest | null) =>
    headers(request).some(
      ({ name, value }) => name.toLowerCase() === 'content-type' && /x-www-form-urlencoded/i.test(value),
    )
  const body = (request: RecordedRequest | null) => plainOf(request?.body ?? [])
  const address = ['Method', 'Scheme and host', 'Path'].map((name, index) =>
    rowOf(name, one?.parts[index] ?? null, other?.parts[index] ?? null),
  )
  return [
    { title: 'Request', rows: left || right ? address : [] },
    { title: 'Query parameters', rows: compareFields(one?.query ?? '', other?.query ?? '') },
    { title: 'Request headers', rows: pairByName(headers(left), headers(right), lowerCase) },
    {
      title: 'Request body',
      rows: compareBodies(
        body(left),
        body(right),
        [left, right].every((of) => of === null || isForm(of)),
      ),
    },
  ]
}

function compareResponses(left: RecordedResponse | null, right: RecordedResponse | null): CompareSection[] {
  const status = (of: RecordedResponse | null) => of && `${of.status} ${of.statusText}`.trim()
  const size = (of: RecordedResponse | null) => of && formatBytes(of.bytes)
  const rows = [rowOf('Status', status(left), status(right)), rowOf('Size', size(left), size(right))]
  return [
    { title: 'Response', rows: left || right ? rows : [] },
    { title: 'Response headers', rows: pairByName(left?.headers ?? [], right?.headers ?? [], lowerCase) },
    { title: 'Response body', rows: compareBodies(left?.body ?? '', right?.body ?? '', false) },
  ]
}

const lowerCase = (name: string) => name.toLowerCase()

function addressOf(request: RecordedRequest | null): { parts: string[]; query: string } | null {
  if (!request) return null
  const url = plainOf(request.url)
  const [, origin = '', path = '', query = ''] = /^([a-z]+:\/\/[^/?]*)([^?]*)\??([^]*)$/i.exec(url) ?? [
    url,
    url,
  ]
  return { parts: [request.method, origin, path || '/'], query }
}
