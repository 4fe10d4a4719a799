import type { RecordedResponse } from '#shared/attempt.ts'
import type { ReceivedMessage } from '#shared/simulator.ts'
import type { Tone } from '../../ui/tone.ts'

/** How a request went, in a word; what is accepted here is violet, so that nobody takes it for a real send. */
export function outcomeWord({ accepted, fault, status }: ReceivedMessage): { word: string; tone: Tone } {
  if (fault !== null) return { word: accepted ? 'Accepted, with a fault' : 'Met a fault', tone: 'warn' }
  if (status === 0) return { word: accepted ? 'Accepted, not answered' : 'Not answered', tone: 'warn' }
  return accepted ? { word: 'Accepted', tone: 'simulated' } : { word: 'Refused', tone: 'bad' }
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** Bytes of a body whose end may not have been kept: what Content-Length says, else what is there. */
export function sizeOf(headers: { name: string; value: string }[], body: string): number {
  const told = headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value ?? ''
  return /^\d+$/.test(told) ? Math.max(Number(told), bytesOf(body)) : bytesOf(body)
}

/** The answer as the view of a recorded one takes it; null: nothing was answered. */
export function responseOf({ status, response }: ReceivedMessage): RecordedResponse | null {
  if (!response) return null
  return { status, statusText: '', ...response, bytes: sizeOf(response.headers, response.body) }
}

export interface RequestFields {
  title: string
  rows: { name: string; value: string[] }[]
}

/** The query and a form's body, as names and values; what is neither stays a body. */
export function fieldsOf({ path, headers, body }: ReceivedMessage['request']): RequestFields[] {
  const question = path.indexOf('?')
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  return [
    { title: 'Query', rows: question < 0 ? [] : rowsOf(path.slice(question + 1)) },
    { title: 'Form', rows: isForm(type) ? rowsOf(body) : [] },
  ].filter(({ rows }) => rows.length > 0)
}

export const isForm = (contentType: string) => /^application\/x-www-form-urlencoded\b/i.test(contentType)

const rowsOf = (text: string) =>
  [...new URLSearchParams(text)].map(([name, value]) => ({ name, value: [value] }))
