import type { ReadCallback, SignatureState } from '#shared/callbacks/callback.ts'
import { decodeCallback, type RawCallback } from '#shared/callbacks/read/decode.ts'
import { answerTo } from '#shared/callbacks/read/platform-answer.ts'
import type { CallbackReading } from '#shared/callbacks/read/provider-formats.ts'
import { readCallback } from '#shared/callbacks/read/read-callback.ts'
import type { VendorCallbacks } from '#shared/callbacks/format.ts'
import { verifySignature } from './signatures/verify.ts'
import type { IncomingRequest } from './signatures/way.ts'

export type { RawCallback }

export interface KeptAnswer {
  status: number
  contentType: string
  body: string
}

/** How requests are understood, apart from keeping and matching them. */
export interface CallbackEngine {
  /** Never throws. */
  read(reading: CallbackReading, raw: RawCallback): ReadCallback
  /** What a request that is kept is answered with, and what it says, where that had to be known for it. */
  answer(reading: CallbackReading, raw: RawCallback): { answer: KeptAnswer; read: ReadCallback | null }
  /** Never throws. */
  verify(
    signature: NonNullable<VendorCallbacks['signature']>,
    request: IncomingRequest,
    /** Any of them will do. */
    keys: readonly string[],
  ): SignatureState
}

export const callbackEngine: CallbackEngine = {
  read: ({ formats, platform }, raw) => readCallback(decodeCallback(raw), formats, { platform }),
  answer: ({ formats, platform, answer }, raw) => {
    // Only the platform's own JSON is answered record by record; else nothing of the request matters.
    if (!platform) return { answer, read: null }
    const decoded = decodeCallback(raw)
    const read = readCallback(decoded, formats, { platform })
    return { answer: answerTo(decoded, read, answer), read }
  },
  verify: ({ kinds }, request, keys) => verifySignature(kinds, keys, request),
}
