import { z } from 'zod'
import { toPattern } from '../reading-expression.ts'

export type { CommonAnswer } from './common-answers.ts'

/*
 * How the simulator imitates one API of a vendor.
 *
 * A source names a piece of the request: `path.accountSid` (a part of the path), `query.x`, `body.To` (a form field, or a
 * JSON path below the body), `header.x-api-key`, `basic.user`, `basic.password`, `bearer`; `field.x` is both `query.x`
 * and `body.x`, whichever is there.
 *
 * In an answer's body a text may hold `{{source}}` or one of these: `{{id}}` (a new id of the vendor's shape), `{{to}}`,
 * `{{from}}`, `{{text}}`, `{{state}}`, `{{segments}}`, `{{uuid}}`, `{{hex32}}`, `{{now}}` (ISO 8601 in UTC), `{{now.seconds}}`,
 * `{{now.millis}}`, `{{now.rfc2822}}`, `{{now.plain}}` (`YYYY-MM-DD HH:MM:SS`), `{{why}}` (the refusal in words). Where a
 * value is to keep its type, `{"$value": "segments"}` stands for it alone; a source that is not there gives null, and an
 * id, or `to`, of up to 15 digits is a number. In what is said of a message, `now` is when it was accepted, and `uuid` and `hex32`
 * stay the same for it. Where a request may name several recipients, `{"$recipients": …}` stands for a list with an
 * element for each of them, in which `{{to}}` and `{{id}}` are those of this one, and `{{recipients}}` for how many they are.
 */

const source = z
  .string()
  .regex(/^(?:(?:path|query|body|field|header)\..+|basic\.(?:user|password)|bearer)$/, 'This is no source.')
const answerName = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
const pattern = z
  .string()
  .refine((text) => toPattern(text) !== null, 'This is not a valid regular expression.')

/** Something that a request must meet, in order; the first that it does not decides the answer. */
export const simulatedCheckSchema = z.strictObject({
  /** The first of these that is there. */
  at: z.union([source, z.array(source).min(1)]),
  /** `present`: not empty. `phone`: 7 to 15 digits, with or without a plus or the spaces and hyphens between. */
  need: z.union([
    z.enum(['present', 'phone']),
    z.strictObject({ pattern }),
    z.strictObject({ oneOf: z.array(z.string()).min(1) }),
    z.strictObject({ longest: z.number().int().min(1) }),
    z.strictObject({ equals: source }),
    /** A secret: of this shape, and not one that begins with bad, wrong or invalid, which ask for a refusal. */
    z.strictObject({ credential: pattern.nullable() }),
  ]),
  /** Empty values pass. */
  optional: z.boolean().default(false),
  answer: answerName,
  /** Why the request is refused, as in "MessagingServiceSid must be MG and 32 hex digits". */
  words: z.string().min(1).max(300),
})
export type SimulatedCheck = z.infer<typeof simulatedCheckSchema>

export const simulatedAnswerSchema = z.strictObject({
  status: z.number().int().min(100).max(599),
  headers: z.record(z.string(), z.string()).default({}),
  /** application/json when left out. */
  contentType: z.string().optional(),
  /** JSON; a text with another content type. */
  body: z.json(),
  /** What it says, in words. */
  words: z.string().min(1).max(300),
})
export type SimulatedAnswer = z.infer<typeof simulatedAnswerSchema>

const idShape = z.strictObject({
  prefix: z.string().default(''),
  /** `letters`: capital letters and digits, as in ULIDs. */
  kind: z.enum(['hex', 'digits', 'letters', 'uuid']),
  /** Without the prefix; of no account with `uuid`. */
  length: z.number().int().min(1).max(64).default(32),
  /** Where a request may bring an id of its own, which is taken in place of a new one. */
  given: z.array(source).optional(),
})

export const simulatedSchema = z.strictObject({
  /** Below `/<vendor id>`, parts of it named by a colon: `/2010-04-01/Accounts/:accountSid/Messages.json`. */
  paths: z.array(z.string().startsWith('/')).min(1),
  methods: z.array(z.enum(['GET', 'POST'])).min(1),
  /** Whether the vendor wants the body as a form (`multipart`: in this shape, too), as JSON, or takes a query string as well. */
  takes: z.array(z.enum(['form', 'multipart', 'json', 'query'])).min(1),
  /** JSON is read as such whatever content type it comes with. */
  jsonOfAnyType: z.boolean().default(false),
  id: idShape,
  to: z.array(source).min(1),
  from: z.array(source).default([]),
  text: z.array(source).default([]),
  /**
   * Sources of `to` that may hold several recipients: a list, or a text with `between` between them. With `ownIds` the
   * message to each of them is one of its own, with an id to read it back by.
   */
  several: z
    .strictObject({
      at: z.array(source).min(1),
      between: z.string().min(1),
      ownIds: z.boolean().default(true),
    })
    .optional(),
  checks: z.array(simulatedCheckSchema).min(1),
  /** Answers in place of `accepted`, for requests in which a source is there; the first that fits. */
  acceptedWith: z.array(z.strictObject({ at: source, answer: answerName })).default([]),
  answers: z.record(answerName, simulatedAnswerSchema),
  /** Numbers with an outcome of their own, besides those that every vendor shares; E.164. */
  magic: z
    .array(z.strictObject({ party: z.enum(['to', 'from']), number: z.string(), answer: answerName }))
    .default([]),
  /** The words that the vendor has for how far a message is, and from how long after its acceptance on. */
  states: z.array(z.strictObject({ afterMs: z.number().min(0), word: z.string() })).default([]),
  /** Addresses to read from. With `:id` in its path one is answered for a message that was accepted before. */
  reads: z
    .array(
      z.strictObject({
        path: z.string().startsWith('/'),
        /** Indexes of `checks` that hold here, too: those of the credentials. */
        checks: z.array(z.number().int().min(0)),
        /** In it, `{"$messages": …}` stands for a list, each element made for one message, the newest first, 50 at most. */
        answer: simulatedAnswerSchema,
        notFound: simulatedAnswerSchema.optional(),
        /** Where a check fails, in place of the check's own answer. */
        refused: simulatedAnswerSchema.optional(),
      }),
    )
    .default([]),
  /** Requests that are taken in so many milliseconds, for each account; null: as many as one likes. */
  rate: z.strictObject({ requests: z.number().int().min(1), inMs: z.number().int().min(1) }).nullable(),
})
export type Simulated = z.infer<typeof simulatedSchema>
