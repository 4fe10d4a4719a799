import { z } from 'zod'
import { waitEnds, type Attempt } from '../attempt.ts'
import type { SkipReason, StopReason } from '../failover/decide.ts'
import { idSchema } from '../id.ts'
import { outcomeClasses, outcomeCodes } from '../outcome.ts'

const long = z.string().max(400_000)
const note = z.string().max(300_000)
const at = z.number().int().min(0).max(8_640_000_000_000_000)
const milliseconds = z.number().min(0).max(100_000_000)
const position = z.number().int().min(1).max(10_000)

/** As HTTP has them: anything else would end a header and begin another. */
const headerSchema = z.strictObject({
  name: z
    .string()
    .max(500)
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'A header has a name that HTTP does not allow.'),
  // oxlint-disable-next-line no-control-regex -- these are the ones that a header may not hold
  value: note.regex(/^[^\u0000-\u0008\u000a-\u001f\u007f]*$/, 'A header holds control characters.'),
})
export const headersSchema = z.array(headerSchema).max(300)

const secretName = z.string().max(200)
const secretPlace = z.enum(['raw', 'url', 'form', 'json', 'xml', 'cdata', 'basic'])
const innerText = z
  .array(z.union([long, z.strictObject({ secret: secretName, place: secretPlace })]))
  .max(2000)

/** `parts` stand in Basic credentials alone, one within the other once. */
const maskedTextSchema = z
  .array(
    z.union([long, z.strictObject({ secret: secretName, place: secretPlace, parts: innerText.optional() })]),
  )
  .max(2000)

const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST']),
  url: maskedTextSchema,
  headers: z.array(z.strictObject({ name: z.string().max(500), value: maskedTextSchema })).max(300),
  body: maskedTextSchema,
})

const responseSchema = z.strictObject({
  status: z.number().int().min(100).max(999),
  statusText: z.string().max(1000),
  headers: headersSchema,
  body: long,
  bytes: z.number().int().min(0).max(100_000_000),
})

const phase = milliseconds.nullable()
const timingsSchema = z.strictObject({
  dns: phase,
  connect: phase,
  tunnel: phase.optional(),
  tls: phase,
  firstByte: phase,
  download: phase,
  total: milliseconds,
  reused: z.boolean(),
  remoteAddress: z.string().max(200).nullable(),
})

/** What a verdict's words are made of; facts of a later version are left out. */
const factsSchema = z
  .object({
    status: z.number(),
    host: note,
    statusOnly: z.literal(true),
    errorCode: note,
    errorText: note,
    codeCause: note,
    codeNext: note,
    timeout: z.enum(['connect', 'tls', 'first byte', 'total']),
    timeoutMs: z.number(),
    systemCode: note,
    retryAfterSeconds: z.number(),
    location: note,
    limitBytes: z.number(),
    contentType: note,
    expected: z.enum(['JSON', 'XML']),
    tokenRenewed: z.boolean(),
    proxy: note,
    names: z.array(note).max(100),
    reason: note,
  })
  .partial()

const skipReasons = [
  'archived',
  'deleted',
  'needs_attention',
  'breaker_open',
  'probing',
  'throttled',
] as const satisfies SkipReason[]
const stopReasons = ['accepted', 'rejected', 'held', 'cancelled', 'exhausted', 'receipt'] as const satisfies (
  StopReason | 'receipt'
)[]
const breaker = z.enum(['closed', 'open', 'half_open'])
const whySchema = z.strictObject({
  skipped: z
    .array(z.strictObject({ providerId: idSchema, reason: z.enum(skipReasons), until: at.nullable() }))
    .max(100),
  lastResort: z.boolean(),
  mayArriveTwice: z.boolean(),
  noReceipt: z.strictObject({ providerId: idSchema, minutes: z.number() }).optional(),
  breaker,
  probe: z.boolean(),
})

const waitSchema = z.strictObject({
  minutes: z.number().int().min(0).max(100_000),
  until: at,
  ended: z.strictObject({ how: z.enum(waitEnds), at }).nullable(),
})

/** An attempt as a story has it; `id` is made of the message's. */
export const bundleAttemptSchema = z.strictObject({
  position,
  /** One of the file's providers; null: it was deleted, or never saved. */
  providerId: idSchema.nullable(),
  providerName: z.string().max(300),
  startedAt: at,
  finishedAt: at.nullable(),
  outcome: z
    .strictObject({ class: z.enum(outcomeClasses), code: z.enum(outcomeCodes), facts: factsSchema })
    .nullable(),
  bytesOut: z.boolean(),
  request: requestSchema.nullable(),
  cleared: z.literal(true).optional(),
  response: responseSchema.nullable(),
  timings: timingsSchema.nullable(),
  why: whySchema.nullable(),
  after: z.strictObject({ stopped: z.enum(stopReasons).nullable(), breaker }).nullable(),
  wait: waitSchema.nullable(),
})
export type BundleAttempt = Omit<Attempt, 'id'>
