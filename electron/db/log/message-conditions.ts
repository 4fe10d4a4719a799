import type { MessageState, ShownState } from '#shared/message.ts'
import type { LogFilter } from '#shared/message-log.ts'
import type { SearchWord } from '#shared/message-search.ts'
import { unknownCondition } from '../messages.ts'
import { countedConditions } from './counted-errors.ts'

export interface Conditions {
  sql: string[]
  values: Record<string, string | number | null>
  /** The index that the rows are read by, as a clause; empty for the table's own order. */
  index: string
}

const endedApart: readonly MessageState[] = ['undelivered', 'failed', 'cancelled']

/**
 * Conditions on the columns of `messages`. Which index is used is said here and not left to the planner, whose guess
 * changes with what the store holds. An index of few messages needs its own condition in the same words.
 */
export function conditionsOf(filter: LogFilter): Conditions {
  const { providerId, groupId, bulkId, states, outcomeClass, outcomeCode, country, since, until } = filter
  const flag = (column: string, wanted: boolean | undefined) =>
    wanted === undefined ? null : `${column} = ${wanted ? 1 : 0}`
  const counted = filter.counted && countedConditions(filter.counted)
  const index = counted ? null : indexFor(filter)
  const sql = [
    index?.condition ?? null,
    providerId === null ? null : 'provider_id = @providerId',
    groupId === undefined ? null : 'group_id = @groupId',
    bulkId === undefined ? null : ofBulkTest,
    ...(states === undefined ? [] : stateConditions(states)),
    outcomeClass === undefined ? null : 'outcome_class = @outcomeClass',
    outcomeCode === undefined ? null : 'outcome_code = @outcomeCode',
    country === undefined ? null : 'country = @country',
    flag('test', filter.test),
    flag('simulated', filter.simulated),
    flag('may_arrive_twice', filter.mayArriveTwice),
    since === undefined ? null : 'created_at >= @since',
    until === undefined ? null : 'created_at < @until',
    ...(counted?.sql ?? []),
  ].filter((condition) => condition !== null)
  const given = {
    ...namedStates(states ?? []),
    providerId,
    groupId,
    bulkId,
    outcomeClass,
    outcomeCode,
    country,
    since,
    until,
    ...counted?.values,
  }
  const values = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value ?? null]))
  return { sql, values, index: index ? `INDEXED BY ${index.name}` : '' }
}

const ofBulkTest = `EXISTS (SELECT 1 FROM bulk_rows JOIN bulk_jobs ON bulk_jobs.seq = bulk_rows.job
  WHERE message_seq = messages.seq AND bulk_jobs.id = @bulkId)`

/** A message that is shown as unknown is stored as failed. */
function storedStates(states: readonly ShownState[]): MessageState[] {
  return [...new Set(states.map((state) => (state === 'unknown' ? 'failed' : state)))]
}

/** Whether failed messages of which somebody knows and those of which nobody does are not asked for alike. */
function tellsUnknownApart(states: readonly ShownState[] = []): boolean {
  return states.includes('failed') !== states.includes('unknown')
}

function namedStates(states: readonly ShownState[]): Record<string, MessageState> {
  return Object.fromEntries(storedStates(states).map((state, index) => [`state${index}`, state]))
}

function stateConditions(states: readonly ShownState[]): string[] {
  const names = Object.keys(namedStates(states)).map((name) => `@${name}`)
  const stored = names.length === 1 ? `state = ${names[0]}` : `state IN (${names.join(', ')})`
  const unknown = states.includes('unknown')
  if (!tellsUnknownApart(states)) return [stored]
  return [stored, `(state <> 'failed' OR ${unknown ? '' : 'NOT '}${unknownCondition})`]
}

interface Index {
  name: string
  condition?: string
}

function indexFor(filter: LogFilter): Index | null {
  const { providerId, states, outcomeClass, test } = filter
  if (filter.mayArriveTwice) return { name: 'messages_twice' }
  if (outcomeClass !== undefined && outcomeClass !== 'accepted')
    return { name: 'messages_not_accepted', condition: `outcome_class <> 'accepted'` }
  if (states !== undefined && storedStates(states).every((state) => endedApart.includes(state)))
    return {
      name: 'messages_ended_apart',
      condition: `(state = 'undelivered' OR state = 'failed' OR state = 'cancelled')`,
    }
  if (providerId === null) return null
  return { name: test === true ? 'messages_tests' : 'messages_by_provider' }
}

export type TextConditions = Pick<Conditions, 'sql'> & { values: Record<string, string> }

/**
 * What SQLite can tell of words, so that most rows need not be looked at: it folds ASCII as the search does, and nothing
 * else, so whatever has other characters passes. They have more bytes than characters.
 */
export function textConditions(words: readonly SearchWord[]): TextConditions {
  const beyondAscii = 'octet_length(body) <> length(body)'
  const values: Record<string, string> = {}
  const sql = words.map(({ text, number }, index) => {
    if (number !== null) values[`number${index}`] = number
    const inNumber = number === null ? '' : ` OR instr(to_number, @number${index}) > 0`
    // oxlint-disable-next-line no-control-regex
    if (!/^[\x01-\x7f]*$/.test(text)) return `(${beyondAscii}${inNumber})`
    values[`word${index}`] = text
    return `(${beyondAscii} OR instr(lower(body), @word${index}) > 0${inNumber})`
  })
  return { sql, values }
}
