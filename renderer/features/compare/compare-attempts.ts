import type { Attempt, RecordedRequest, RecordedResponse } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import { groupPhone } from '#shared/phone.ts'
import { verdictOf } from '#shared/verdict.ts'
import { formatBytes, formatDuration } from '../../lib/format.ts'
import { plainOf } from '../messages/masked-text.ts'
import { outcomeWords } from '../messages/outcome-words.ts'
import { timingBars } from '../messages/timing-bars.ts'
import { compareBodies, compareFields } from './compare-bodies.ts'
import { pairByName, rowOf, type CompareRow, type NamedValue } from './compare-rows.ts'

export interface Compared {
  story: MessageStory
  attempt: Attempt | null
}

export interface CompareSection {
  title: string
  rows: CompareRow[]
}

/** Two attempts part by part; a part that neither has is left out. */
export function compareAttempts(left: Compared, right: Compared): CompareSection[] {
  const [one, other] = [left.attempt, right.attempt]
  const sections = [
    { title: 'Result', rows: compareResults(left, right) },
    { title: 'Timing', rows: compareTimings(one, other) },
    ...compareRequests(one?.request ?? null, other?.request ?? null),
    ...compareResponses(one?.response ?? null, other?.response ?? null),
  ]
  return sections.filter(({ rows }) => rows.length > 0)
}

function compareResults(left: Compared, right: Compared): CompareRow[] {
  const row = (name: string, of: (one: Compared) => string | null | undefined) =>
    rowOf(name, of(left) ?? null, of(right) ?? null)
  const rows = [
    row('Verdict', ({ attempt }) => attempt?.outcome && outcomeWords[attempt.outcome.class].word),
    row('What happened', ({ attempt }) => attempt?.outcome && verdictOf(attempt.outcome).title),
    row('Provider’s code', ({ attempt }) => attempt?.outcome?.facts.errorCode),
    row('Provider’s words', ({ attempt }) => attempt?.outcome?.facts.errorText),
    row('Provider', ({ attempt, story }) => attempt?.providerName || story.providerName || null),
    row('To', ({ story }) => groupPhone(story.to)),
    row('Text', ({ story }) => story.text),
    row('Length', ({ story }) => `${story.segments} × ${story.encoding}`),
  ]
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
