import { z } from 'zod'
import type { CallbackItem, CallbackOrigin, SignatureState } from '../callbacks/callback.ts'
import { callbackOrigins, itemEffects, signatureStates, unmatchedReasons } from '../callbacks/callback.ts'
import { callbackKinds, receiptStates } from '../callbacks/format.ts'
import { fileVendorSchema, type FileVendor } from '../catalogue/choice.ts'
import { policiesSchema, type Policies } from '../group.ts'
import { idSchema } from '../id.ts'
import { messageStates, settleChoices, type MessageStory } from '../message.ts'
import { outcomeClasses, outcomeCodes } from '../outcome.ts'
import { providerKindSchema } from '../provider.ts'
import { settingsSchema, type ProviderSettings } from '../settings.ts'
import { bundleAttemptSchema, headersSchema, type BundleAttempt } from './attempt-schema.ts'
import { mostBundleAttempts, mostBundleCallbacks, mostBundleProviders, unprintable } from './limits.ts'

export const bundleFormat = 'sms-workbench-bundle'
export const bundleVersion = 1

/** A message with all that was recorded of it, to be reproduced on another machine. Holds no secret. */
export interface Bundle {
  format: typeof bundleFormat
  version: typeof bundleVersion
  /** ISO 8601. */
  exportedAt: string
  /** As in `SMS Workbench 1.0.0`. */
  program: string
  /** What stands in for something else: numbers by others of the same country and length, texts by `x`. */
  masked: { numbers: boolean; text: boolean }
  message: BundleMessage
  /** Null: a provider was chosen. */
  group: { name: string; policies: Policies } | null
  /** Those that were tried. */
  providers: BundleProvider[]
  attempts: BundleAttempt[]
  callbacks: BundleCallback[]
  /** Later callbacks that had no room. */
  leftOut: number
  /** SHA-256 of the rest as JSON, in hexadecimal: it tells a damaged file, not a forged one. */
  sum: string
}

export type BundleMessage = Omit<
  MessageStory,
  'story' | 'callbacks' | 'runOf' | 'groupId' | 'groupName' | 'fromBundle'
>

export interface BundleProvider {
  id: string
  name: string
  kind: string
  vendor: FileVendor | null
  settings: ProviderSettings
}

/** A request to the listener as it came, what was answered, and what was read of it. */
export interface BundleCallback {
  receivedAt: number
  providerId: string | null
  origin: CallbackOrigin
  signature: SignatureState
  method: string
  /** Path and query, without the key. */
  target: string
  headers: { name: string; value: string }[]
  /** Text, or base64 where the bytes are no UTF-8. */
  body: { text: string } | { base64: string }
  answer: { status: number; contentType: string; body: string }
  /** Headers, body and query were removed, as they were older than contents are kept. */
  cleared?: true
  /** Its records that are of this message. */
  items: Omit<CallbackItem, 'id' | 'messageId'>[]
  /** Further records in the same request, of other messages. */
  others: number
}

const at = z.number().int().min(0).max(8_640_000_000_000_000)
// What vendors write is as long as they like; the file as a whole is not.
const short = z.string().max(300_000)
const text = short
const nameSchema = z
  .string()
  .trim()
  .min(1, 'The name is empty.')
  .max(120, 'The name has more than 120 characters.')
  .refine((name) => !unprintable.test(name), 'The name holds characters that cannot be shown.')
const shownName = z
  .string()
  .max(300)
  .refine((name) => !unprintable.test(name), 'The name holds characters that cannot be shown.')

const messageSchema = z.strictObject({
  id: idSchema,
  createdAt: at,
  test: z.boolean(),
  simulated: z.boolean(),
  to: z.string().regex(/^\+\d{3,15}$/, 'The number is not written as in +14155550123.'),
  country: z
    .string()
    .regex(/^[A-Z0-9]{2,3}$/)
    .nullable(),
  text: z.string().min(1).max(10_000),
  encoding: z.enum(['GSM-7', 'UCS-2']),
  segments: z.number().int().min(0).max(1000),
  state: z.enum(messageStates),
  providerId: idSchema.nullable(),
  providerName: shownName,
  providerMessageId: short.nullable(),
  outcomeClass: z.enum(outcomeClasses).nullable(),
  outcomeCode: z.enum(outcomeCodes).nullable(),
  mayArriveTwice: z.boolean(),
  attempts: z.number().int().min(0).max(10_000),
  duration: z.number().min(0).nullable(),
  cost: z.strictObject({ amount: z.number(), currency: z.string().regex(/^[A-Z]{3}$/) }).nullable(),
  settled: z.strictObject({ as: z.enum(settleChoices), at }).nullable(),
  from: z.string().max(200),
  values: z.record(
    z
      .string()
      .max(100)
      .regex(/^(?!__proto__$)/),
    z.string().max(10_000),
  ),
})

const providerSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  kind: providerKindSchema,
  vendor: fileVendorSchema.nullable(),
  settings: settingsSchema,
})

const itemSchema = z.strictObject({
  kind: z.enum(callbackKinds),
  vendorId: short.nullable(),
  reference: short.nullable(),
  to: short.nullable(),
  from: short.nullable(),
  text: text.nullable(),
  url: text.nullable(),
  shortUrl: text.nullable(),
  word: short.nullable(),
  state: z.enum(receiptStates).nullable(),
  errorCode: short.nullable(),
  errorText: text.nullable(),
  at: at.nullable(),
  effect: z.enum(itemEffects),
  reason: z.enum(unmatchedReasons).nullable(),
  why: text.nullable(),
  attempt: z.number().int().min(1).max(10_000).nullable(),
})

const body = z.string().max(400_000)
const callbackSchema = z.strictObject({
  receivedAt: at,
  providerId: idSchema.nullable(),
  origin: z.enum(callbackOrigins),
  signature: z.enum(signatureStates),
  method: z.enum(['GET', 'POST']),
  target: z
    .string()
    .max(100_000)
    // oxlint-disable-next-line no-control-regex -- an address that is not one
    .regex(/^\/[^\u0000-\u0020\u007f]*$/, 'It is not a path.'),
  headers: headersSchema,
  body: z.union([
    z.strictObject({ text: body }),
    z.strictObject({ base64: body.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'It is not base64.') }),
  ]),
  answer: z.strictObject({ status: z.number().int().min(100).max(999), contentType: short, body: text }),
  cleared: z.literal(true).optional(),
  items: z.array(itemSchema).max(1000),
  others: z.number().int().min(0).max(100_000),
})

export const bundleSchema = z.strictObject({
  format: z.literal(bundleFormat),
  version: z.literal(bundleVersion),
  exportedAt: z.iso.datetime(),
  program: shownName,
  masked: z.strictObject({ numbers: z.boolean(), text: z.boolean() }),
  message: messageSchema,
  group: z.strictObject({ name: nameSchema, policies: policiesSchema }).nullable(),
  providers: z.array(providerSchema).max(mostBundleProviders),
  attempts: z.array(bundleAttemptSchema).max(mostBundleAttempts),
  callbacks: z.array(callbackSchema).max(mostBundleCallbacks),
  leftOut: z.number().int().min(0).max(1_000_000),
  sum: z.string().regex(/^[0-9a-f]{64}$/, 'It is not a check sum.'),
})

/** Read before the rest, so that another program's file or a later version is told as what it is. */
export const bundleHeadSchema = z.object({ format: z.literal(bundleFormat), version: z.number() })
