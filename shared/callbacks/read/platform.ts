import { asText } from '../../json-path.ts'
import type { ReadItem } from '../callback.ts'
import type { ReceiptState } from '../format.ts'
import type { DecodedCallback } from './decode.ts'
import { mostRecords } from './limits.ts'
import { platformCodes } from './platform-codes.ts'
import { emptyItem } from './read-item.ts'
import { readCallbackNumber } from './read-number.ts'

export const platformName = 'Platform’s JSON'

/** A record as it came, and what it says. */
export interface PlatformRecord {
  event: string
  data: unknown
  item: ReadItem
}

export interface PlatformReading {
  records: PlatformRecord[]
  items: ReadItem[]
  tooMany: boolean
}

const known = new WeakMap<DecodedCallback, PlatformReading | null>()

/**
 * The platform's own JSON: groups `{event, data: [record]}`, in an array or one alone. A record that lacks what its event
 * needs says so in `lacks`, and the others count all the same. Null: it is something else.
 */
export function readPlatform(decoded: DecodedCallback): PlatformReading | null {
  // Asked for what it says and for what it is answered with.
  const before = known.get(decoded)
  if (before !== undefined) return before
  const reading = readGroups(decoded)
  known.set(decoded, reading)
  return reading
}

function readGroups({ body }: DecodedCallback): PlatformReading | null {
  const groups: unknown[] = Array.isArray(body) ? body : [body]
  if (!groups.some(isGroup)) return null
  const records: PlatformRecord[] = []
  for (const group of groups) {
    for (const record of recordsOf(group)) records.push(record)
    if (records.length > mostRecords) return { records: [], items: [], tooMany: true }
  }
  return { records, items: records.map(({ item }) => item), tooMany: false }
}

/** One that names an event and has data, or whose data are records as the platform's are. */
function isGroup(group: unknown): boolean {
  const { event, data } = own(group)
  if (typeof data !== 'object' || data === null)
    return typeof event === 'string' && Object.hasOwn(readers, event)
  return typeof event === 'string' || (Array.isArray(data) && own(data[0])['meta'] !== undefined)
}

function recordsOf(group: unknown): PlatformRecord[] {
  const { event: named, data } = own(group)
  const event = typeof named === 'string' ? named.trim() : ''
  const list: unknown[] = Array.isArray(data) ? data : [data]
  if (list.length > mostRecords) return list.map((one) => ({ event, data: one, item: refused('') }))
  return list.map((one) => ({ event, data: one, item: readRecord(event.toLowerCase(), one) }))
}

function readRecord(event: string, data: unknown): ReadItem {
  const reader = Object.hasOwn(readers, event) ? readers[event] : undefined
  if (!reader)
    return refused(
      event === ''
        ? 'event is missing: write delivered, failed, clicked or replied.'
        : `event is “${event.slice(0, 40)}”: write delivered, failed, clicked or replied.`,
    )
  const record = own(data)
  if (record === noRecord) return refused('data is missing, or holds something that is no record.')
  const { item, wants } = reader(record)
  const time = readSeconds(record['ts'])
  const meta = textAt(record, 'meta')
  const lacks =
    wants.find(([, value]) => value === null)?.[0] ??
    (meta === null ? 'meta' : null) ??
    (time.isMissing ? 'ts' : null)
  return {
    ...emptyItem,
    ...item,
    reference: meta,
    at: time.at,
    lacks: lacks === null ? time.issue : `${lacks} is missing.`,
  }
}

type Read = {
  item: Pick<ReadItem, 'kind'> & Partial<ReadItem>
  wants: [name: string, value: string | null][]
}

const readers: Record<string, (record: Record<string, unknown>) => Read> = {
  delivered: (record) => ({
    item: { kind: 'receipt', word: 'delivered', state: 'delivered' },
    wants: [['description', textAt(record, 'description')]],
  }),
  failed: (record) => failedWith(record, 'failed', textAt(record, 'code')),
  failed_dnd: (record) => failedWith(record, 'failed_dnd', textAt(record, 'code') ?? '901'),
  clicked: (record) => {
    const url = textAt(record, 'url')
    return {
      item: { kind: 'click', url, shortUrl: textAt(record, 'shorturl') ?? textAt(record, 'shortUrl') },
      wants: [['url', url]],
    }
  },
  replied: (record) => {
    const text = textAt(record, 'incomingText') ?? textAt(record, 'incomingMessage')
    const to = textAt(record, 'toPhone')
    return {
      item: { kind: 'reply', text, to: to === null ? null : readCallbackNumber(to, undefined) },
      wants: [['incomingText', text]],
    }
  },
}

function failedWith(record: Record<string, unknown>, word: string, errorCode: string | null): Read {
  const errorText = textAt(record, 'description')
  return {
    item: { kind: 'receipt', word, state: stateOf(errorCode), errorCode, errorText },
    wants: [
      ['code', errorCode],
      ['description', errorText],
    ],
  }
}

function stateOf(errorCode: string | null): ReceiptState {
  return platformCodes.find(({ code }) => code === errorCode)?.state ?? 'failed'
}

/** Ten digits, as a number or a text. */
function readSeconds(ts: unknown): { at: number | null; isMissing: boolean; issue: string | null } {
  const written = typeof ts === 'number' || typeof ts === 'string' ? asText(ts).trim() : ''
  if (written === '') return { at: null, isMissing: true, issue: null }
  if (/^\d{10}$/.test(written)) return { at: Number(written) * 1000, isMissing: false, issue: null }
  const issue = `ts is “${written.slice(0, 40)}”: write seconds since 1970, ten digits.`
  return { at: null, isMissing: false, issue }
}

const longest = 10_000

function textAt(record: Record<string, unknown>, name: string): string | null {
  const value = Object.hasOwn(record, name) ? record[name] : undefined
  const text = typeof value === 'object' ? '' : asText(value)
  return text.trim() === '' ? null : text.slice(0, longest)
}

function refused(lacks: string): ReadItem {
  return { ...emptyItem, kind: 'receipt', lacks }
}

const noRecord: Record<string, unknown> = {}

function own(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : noRecord
}
