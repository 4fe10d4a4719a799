import type { Timings } from '#shared/attempt.ts'
import type { OutcomeFacts } from '#shared/outcome.ts'
import type { AttemptBrief } from '../db/attempts.ts'
import type { MessageRow } from '../db/messages.ts'
import { isoTime, milliseconds, type ExportColumn } from './columns.ts'

/** An attempt with its message. Requests and bodies stay where they are: a reproduction bundle takes those along. */
export interface ExportedAttempt {
  message: MessageRow
  attempt: AttemptBrief
  facts: OutcomeFacts
  timings: Timings | null
}

/** Parses once what several columns need. */
export function exportedAttempt(message: MessageRow, attempt: AttemptBrief): ExportedAttempt {
  const facts = attempt.facts === null ? {} : (JSON.parse(attempt.facts) as OutcomeFacts)
  const timings = attempt.timings === null ? null : (JSON.parse(attempt.timings) as Timings)
  return { message, attempt, facts, timings }
}

export const attemptColumns: ExportColumn<ExportedAttempt>[] = [
  { key: 'messageId', heading: 'Message id', value: ({ message }) => message.id },
  { key: 'attempt', heading: 'Attempt', value: ({ attempt }) => attempt.position },
  { key: 'to', heading: 'To', value: ({ message }) => message.to_number },
  { key: 'provider', heading: 'Provider', value: ({ attempt }) => attempt.provider_name },
  { key: 'providerId', heading: 'Provider id', value: ({ attempt }) => attempt.provider_id },
  { key: 'group', heading: 'Provider group', value: ({ message }) => message.group_name },
  { key: 'started', heading: 'Started', value: ({ attempt }) => isoTime(attempt.started_at) },
  { key: 'finished', heading: 'Finished', value: ({ attempt }) => isoTime(attempt.finished_at) },
  { key: 'outcomeClass', heading: 'Outcome', value: ({ attempt }) => attempt.class },
  { key: 'outcome', heading: 'Reason', value: ({ attempt }) => attempt.code },
  {
    key: 'status',
    heading: 'HTTP status',
    value: ({ attempt, facts }) => attempt.status ?? facts.status ?? null,
  },
  { key: 'errorCode', heading: 'Provider’s error code', value: ({ facts }) => facts.errorCode ?? null },
  { key: 'errorText', heading: 'Provider’s error text', value: ({ facts }) => facts.errorText ?? null },
  { key: 'timeout', heading: 'Time-out', value: ({ facts }) => facts.timeout ?? null },
  { key: 'bytesOut', heading: 'Bytes had gone out', value: ({ attempt }) => attempt.bytes_out === 1 },
  { key: 'dns', heading: 'DNS (ms)', value: ({ timings }) => milliseconds(timings?.dns ?? null) },
  { key: 'connect', heading: 'Connect (ms)', value: ({ timings }) => milliseconds(timings?.connect ?? null) },
  { key: 'tls', heading: 'TLS (ms)', value: ({ timings }) => milliseconds(timings?.tls ?? null) },
  {
    key: 'firstByte',
    heading: 'First byte (ms)',
    value: ({ timings }) => milliseconds(timings?.firstByte ?? null),
  },
  { key: 'total', heading: 'Total (ms)', value: ({ timings }) => milliseconds(timings?.total ?? null) },
]
