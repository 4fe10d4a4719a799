import { z } from 'zod'
import { codeMeaningsSchema } from '../success-rule.ts'
import { placeIssue } from './place-issue.ts'

/*
 * How a callback reads: a delivery receipt, a reply, a click or an opt-out, as a vendor of the catalogue sends it or as a
 * user maps it for a Generic provider.
 *
 * A place is a JSON path into what the request holds: the fields of its form or query, or its JSON. Where the body lacks
 * it, the query is looked at. A step into a text that is itself JSON goes on inside it (`data[*].report[*]` of a form
 * whose field `data` is JSON). Names of form fields are matched as they are written, then whatever their case.
 */

export const callbackKinds = ['receipt', 'reply', 'click', 'optOut'] as const
export type CallbackKind = (typeof callbackKinds)[number]

/** How far a message is, by a receipt. All after `delivered` are ends at which it did not arrive. */
export const receiptStates = [
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'rejected',
  'expired',
] as const
export type ReceiptState = (typeof receiptStates)[number]

const place = z.string().superRefine((text, context) => {
  const message = text === '' ? 'Name a place.' : placeIssue(text)
  if (message !== null) context.addIssue({ code: 'custom', message })
})
const itemsPlace = z.union([z.literal(''), place]).default('')
const statusWords = z.record(z.string(), z.enum(receiptStates)).default({})
/** The first that is there and not empty. */
const places = z.array(place).max(20).default([])

export const timeForms = ['iso', 'seconds', 'milliseconds', 'plain', 'compact'] as const
/** `plain`: `YYYY-MM-DD HH:MM:SS`; `compact`: `YYMMDDHHMM` or `YYYYMMDDHHMMSS`. Both are in `zone`. */
export type TimeForm = (typeof timeForms)[number]

export const callbackFormatSchema = z.strictObject({
  /** As in "Status callback" or "Receipts of the Messages API". */
  name: z.string().trim().min(1).max(80),
  kind: z.enum(callbackKinds),
  /** The vendor's APIs whose callbacks are of this format; all when left out. */
  apis: z.array(z.string()).optional(),
  /** How it usually comes; another way is read as well. */
  method: z.enum(['GET', 'POST']),
  contentType: z.enum(['form', 'json', 'query']),
  /** It is this format only when all of them hold: the place is there, or has one of the values. */
  when: z
    .array(z.strictObject({ at: place, is: z.array(z.string().max(200)).min(1).optional() }))
    .max(10)
    .default([]),
  /**
   * Where a request holds several, as in `results[*]`; the places below, and those of `when`, are looked for there, then in
   * what stands around it, from inside to outside. Alternatives are tried in order until one holds something.
   */
  itemsAt: itemsPlace,
  /** The vendor's message id. */
  id: places,
  /** An id that the vendor writes longer than the answer to the send did: the beginning is enough. */
  idMayBeLonger: z.boolean().default(false),
  /** Our own id, which the request carried as `$$MessageID`. */
  reference: places,
  /** The number that the message went to; of a reply, the number that was replied to. */
  to: places,
  /** Who replies. */
  from: places,
  /** What was replied. */
  text: places,
  /** Names the charset that a text is URL-encoded in, as in `UTF-16BE`; without it the text stands as it is. */
  charset: places,
  /** The address that was clicked, and its short form. */
  url: places,
  shortUrl: places,
  /** The first of them whose value is in `statuses` counts. */
  status: places,
  statuses: statusWords,
  /** The vendor's word to show, where it stands elsewhere than the value that tells the state. */
  word: places,
  error: places,
  errorText: places,
  codes: codeMeaningsSchema.default([]),
  time: places,
  timeForm: z.enum(timeForms).default('iso'),
  /** Of times without a zone, as in `+05:30`. */
  zone: z
    .string()
    .regex(/^[+-]\d\d:\d\d$/)
    .default('+00:00'),
  /** The country of numbers without a country code, as in `IN`. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
})
export type CallbackFormat = z.infer<typeof callbackFormatSchema>

/** What a callback is answered with, once it is kept. */
export const callbackAnswerSchema = z.strictObject({
  status: z.number().int().min(200).max(299),
  contentType: z.string().max(100).default('text/plain; charset=utf-8'),
  body: z.string().max(1000).default(''),
})
export type CallbackAnswer = z.infer<typeof callbackAnswerSchema>

/** The ways in which vendors sign; each is a function of its own. */
export const signatureKinds = [
  'twilio',
  'plivo',
  'vonage',
  'vonageJwt',
  'messagebird',
  'messagebirdLegacy',
  'bird',
  'sinch',
  'telnyx',
] as const
export type SignatureKind = (typeof signatureKinds)[number]

/**
 * What the simulator posts in a vendor's name: a JSON value, or an object of fields for a form or a query (what is no text
 * in it is written as JSON), in which texts may hold `{{id}}`, `{{reference}}`, `{{to}}`, `{{from}}`, `{{word}}` (the vendor's word of the state), `{{code}}`,
 * `{{codeText}}`, `{{text}}`, `{{url}}`, `{{shortUrl}}`, `{{uuid}}`, `{{time}}` (in the format's form and zone),
 * `{{account.key}}` (a field of the provider that is no secret). `{"$value": "…"}` keeps the value's type. A key whose
 * text comes out empty because of one of them is left out.
 */
export const imitatedCallbackSchema = z.strictObject({
  /** The name of the format that it is read by. */
  format: z.string().max(80),
  method: z.enum(['GET', 'POST']),
  contentType: z.enum(['form', 'json', 'query']),
  template: z.json(),
  /** The vendor's APIs that send it; all when left out. */
  apis: z.array(z.string()).optional(),
  /** The way in which it is signed, when not the first of the vendor's. */
  signature: z.enum(signatureKinds).optional(),
  /** The word for each state that it has; the first that `statuses` maps to it when left out. */
  words: z.partialRecord(z.enum(receiptStates), z.string()).default({}),
  /** The code that goes with each bad end. */
  errorCodes: z.partialRecord(z.enum(receiptStates), z.string()).default({}),
})
export type ImitatedCallback = z.infer<typeof imitatedCallbackSchema>

/** All that is known of how a vendor calls back. */
export const vendorCallbacksSchema = z.strictObject({
  /** Where the address is entered at the vendor's, in words. */
  configuredBy: z.string().min(1).max(600),
  /** The fields of the form whose value is the address for receipts, when requests carry one. */
  addressFields: z.array(z.string()).default([]),
  /** Looked through in this order; the first that a request fits. */
  formats: z.array(callbackFormatSchema).max(20),
  answer: callbackAnswerSchema,
  /** What the vendor does about other answers, in words. */
  repeats: z.string().max(600).default(''),
  signature: z
    .strictObject({
      /** Any of these may come. */
      kinds: z.array(z.enum(signatureKinds)).min(1),
      /** The field that holds the key. */
      key: z.string(),
      /** What is signed, and how, in words. */
      words: z.string().min(1).max(600),
      /** It is there only when it was switched on at the vendor's: a request without one is not refused. */
      optional: z.boolean().default(false),
    })
    .nullable(),
  imitated: z.array(imitatedCallbackSchema).max(20).default([]),
  /** A mapping of the user's own goes before `formats`: the vendor lets its accounts shape their callbacks, or its shape is not known. */
  mappable: z.boolean().default(false),
  /** Words that such a mapping begins with. */
  words: statusWords,
  notes: z.string().max(1000).default(''),
})
export type VendorCallbacks = z.infer<typeof vendorCallbacksSchema>

/**
 * How a Generic provider's callbacks read, beside the platform's own JSON, which is always understood. Part of a
 * provider's settings. Each place is a text as in an answer's reading: `data.id || id`.
 */
const mappedPlace = z
  .string()
  .trim()
  .max(500)
  .superRefine((text, context) => {
    const message = placeIssue(text)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
function eachOnce(statuses: readonly { word: string }[], context: z.RefinementCtx): void {
  for (const [index, { word }] of statuses.entries())
    if (statuses.findIndex((one) => one.word === word) < index)
      context.addIssue({
        code: 'custom',
        path: [index, 'word'],
        message: 'This word is in the table already.',
      })
}

export const callbackMappingSchema = z.object({
  receipts: z
    .object({
      itemsAt: mappedPlace,
      id: mappedPlace,
      reference: mappedPlace,
      to: mappedPlace,
      status: mappedPlace,
      statuses: z
        .array(z.object({ word: z.string().trim().min(1).max(200), state: z.enum(receiptStates) }))
        .max(100)
        .superRefine(eachOnce),
      error: mappedPlace,
      errorText: mappedPlace,
      time: mappedPlace,
    })
    .nullable(),
  replies: z
    .object({
      itemsAt: mappedPlace,
      from: mappedPlace,
      to: mappedPlace,
      text: mappedPlace,
      time: mappedPlace,
    })
    .nullable(),
  clicks: z
    .object({
      itemsAt: mappedPlace,
      id: mappedPlace,
      reference: mappedPlace,
      url: mappedPlace,
      time: mappedPlace,
    })
    .nullable(),
  timeForm: z.enum(timeForms),
  zone: z.string().regex(/^[+-]\d\d:\d\d$/, 'Write the zone as in +05:30.'),
  answer: callbackAnswerSchema,
})
export type CallbackMapping = z.infer<typeof callbackMappingSchema>
