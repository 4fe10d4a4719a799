import type { CallbackAnswer, CallbackFormat, CallbackMapping, VendorCallbacks } from '../format.ts'
import { formatsOfMapping } from './mapping.ts'

/** All that is needed to read what comes to a provider's address, and to answer it. */
export interface CallbackReading {
  formats: CallbackFormat[]
  /** The platform's JSON is understood, too. */
  platform: boolean
  answer: CallbackAnswer
}

const plainAnswer: CallbackAnswer = { status: 200, contentType: 'text/plain; charset=utf-8', body: '' }

/**
 * How a provider's callbacks read: by its mapping, then by its vendor's formats. `callbacks` and `api` are the vendor's;
 * null for a Generic provider. A mapping counts only where the vendor's callbacks can differ.
 */
export function callbackReading(
  callbacks: VendorCallbacks | null,
  api: string,
  mapping: CallbackMapping | null,
): CallbackReading {
  const own = callbacks === null || callbacks.mappable ? mapping : null
  const formats = (callbacks?.formats ?? []).filter(({ apis }) => apis === undefined || apis.includes(api))
  return {
    formats: [...(own ? formatsOfMapping(own) : []), ...formats],
    platform: callbacks === null,
    answer: own?.answer ?? callbacks?.answer ?? plainAnswer,
  }
}
