import type { ReadCallback } from '../callback.ts'
import type { CallbackAnswer } from '../format.ts'
import type { DecodedCallback } from './decode.ts'
import { platformName, readPlatform, type PlatformReading } from './platform.ts'

export interface GivenAnswer {
  status: number
  contentType: string
  body: string
}

/** What a request is answered with: as the platform answers its own JSON, else as the vendor or the mapping wants it. */
export function answerTo(decoded: DecodedCallback, read: ReadCallback, usual: CallbackAnswer): GivenAnswer {
  const reading = read.format === platformName ? readPlatform(decoded) : null
  return reading ? platformAnswer(reading) : usual
}

/** A record is given back only where that is no more than it takes to find it again. */
const longestRecord = 2000

/**
 * The platform's answer: what was taken, and each record that was not, with the reason. 400 where none was taken; with 200
 * for a part nobody sends again what is counted already.
 */
export function platformAnswer({ records }: PlatformReading): GivenAnswer {
  const unprocessed = records.flatMap(({ event, data, item: { lacks } }) =>
    lacks === null ? [] : [{ status: 'fail', code: 400, error: lacks, ...givenBack(event, data) }],
  )
  const processed = records.length - unprocessed.length
  const status = unprocessed.length === 0 ? 'success' : processed > 0 ? 'partial' : 'fail'
  return {
    status: status === 'fail' ? 400 : 200,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify({ status, processed, unprocessed }),
  }
}

function givenBack(event: string, data: unknown): { record?: { event: string; data: unknown[] } } {
  const record = { event, data: [data] }
  return JSON.stringify(record).length > longestRecord ? {} : { record }
}
