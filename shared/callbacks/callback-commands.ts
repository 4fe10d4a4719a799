import { z } from 'zod'
import { command } from '../command.ts'
import { idSchema } from '../id.ts'
import { providerKindSchema } from '../provider.ts'
import type { CallbackDetails, CallbackSummary, ReadCallback } from './callback.ts'
import { callbackKinds, callbackMappingSchema, receiptStates } from './format.ts'
import { itemEffects } from './callback.ts'
import { listenerSettingsSchema, type CallbackAddress, type ListenerStatus } from './listener.ts'

const none = z.void()
const byId = z.object({ id: idSchema })
export const longestCallback = 256 * 1024

/** A request written or edited by hand, to be taken as if it had come to the provider's address. */
export const craftedRequestSchema = z.object({
  providerId: idSchema,
  method: z.enum(['GET', 'POST']),
  /** Without its question mark. */
  query: z.string().max(16_000),
  headers: z.array(z.object({ name: z.string().max(200), value: z.string().max(8000) })).max(100),
  body: z.string().max(longestCallback),
})
export type CraftedRequest = z.infer<typeof craftedRequestSchema>

export const callbackFilterSchema = z.object({
  providerId: idSchema.nullable().default(null),
  kind: z.enum(callbackKinds).nullable().default(null),
  effects: z.array(z.enum(itemEffects)).max(10).default([]),
  /** Requests that were not read, whatever the reason. */
  troubled: z.boolean().default(false),
  /** Part of an id, a number, or the body. */
  search: z.string().trim().max(200).default(''),
})
export type CallbackFilter = z.infer<typeof callbackFilterSchema>

/** "Pretend that": what a message's vendor would say of it, in the vendor's own shape. */
export const pretendSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('receipt'), state: z.enum(receiptStates), errorCode: z.string().max(100) }),
  z.object({ kind: z.literal('reply'), text: z.string().min(1).max(1600) }),
  z.object({ kind: z.literal('click'), url: z.string().min(1).max(2000) }),
])
export type Pretend = z.infer<typeof pretendSchema>

/** The commands of the listener and of what it took, a part of the contract. */
export const callbackCommands = {
  'listener.status': command(none).returns<ListenerStatus>(),
  /** Throws `port_in_use` when ten ports in a row are taken. */
  'listener.start': command(none).returns<ListenerStatus>(),
  'listener.stop': command(none).returns<ListenerStatus>(),
  /** Starts it again where port or interfaces changed while it runs. */
  'listener.configure': command(listenerSettingsSchema).returns<ListenerStatus>(),

  /** Of every provider, the archived ones, too. */
  'callbacks.addresses': command(none).returns<CallbackAddress[]>(),
  'callbacks.address': command(z.object({ providerId: idSchema })).returns<CallbackAddress>(),
  /** The old address takes nothing any more. */
  'callbacks.renewAddress': command(z.object({ providerId: idSchema })).returns<CallbackAddress>(),

  /** Newest first; `cursor` of the answer before goes on from there. */
  'callbacks.list': command(
    callbackFilterSchema.extend({
      cursor: z.number().int().nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  ).returns<{ callbacks: CallbackSummary[]; more: boolean; cursor: number }>(),
  /**
   * How many fit that came after the place `after`. It looks no longer than a page does, and `cursor` goes on from where it
   * stopped; `newest`: the place of the newest that it found.
   */
  'callbacks.count': command(
    callbackFilterSchema.extend({
      cursor: z.number().int().nullable().default(null),
      after: z.number().int().min(0).default(0),
    }),
  ).returns<{ count: number; more: boolean; cursor: number; newest: number | null }>(),
  'callbacks.get': command(byId).returns<CallbackDetails>(),
  /**
   * Takes them again, each as a new one of origin `replay`, through all that a request from outside goes through; a
   * signature that was valid when it came counts as valid.
   */
  'callbacks.replay': command(z.object({ ids: z.array(idSchema).min(1).max(500) })).returns<
    CallbackSummary[]
  >(),
  /** A request without a signature is not refused for that. */
  'callbacks.craft': command(craftedRequestSchema).returns<CallbackSummary>(),
  /** The request that `pretend` makes for a message, to be looked at and sent with `callbacks.craft`. */
  'callbacks.pretend': command(byId.extend({ pretend: pretendSchema })).returns<CraftedRequest>(),
  /** What a mapping makes of a request, with the formats of that vendor after it; nothing is kept. */
  'callbacks.readSample': command(
    z.object({
      mapping: callbackMappingSchema.nullable(),
      /** Null: a Generic provider. */
      vendor: z
        .object({ kind: providerKindSchema, api: z.string().max(40) })
        .nullable()
        .default(null),
      method: z.enum(['GET', 'POST']),
      query: z.string().max(16_000),
      contentType: z.string().max(200),
      body: z.string().max(longestCallback),
    }),
  ).returns<ReadCallback>(),
  'callbacks.clear': command(none).returns<null>(),
}
