import { z } from 'zod'
import { command } from '../command.ts'
import { idSchema } from '../id.ts'
import type { MessageStory } from '../message.ts'
import { longestBundle } from './limits.ts'

const byId = z.object({ id: idSchema })
const bundleText = z.string().max(longestBundle, 'The file is too large to be a bundle.')

export const bundleForms = ['bundle', 'har'] as const
export type BundleForm = (typeof bundleForms)[number]

export const bundleExportSchema = z.object({
  messageId: idSchema,
  form: z.enum(bundleForms),
  maskNumbers: z.boolean(),
  maskText: z.boolean(),
})
export type BundleExportInput = z.infer<typeof bundleExportSchema>

/** What a bundle holds, in figures. */
export interface BundleCounts {
  providers: number
  attempts: number
  receipts: number
  replies: number
  clicks: number
  /** Requests of the listener, and how many of their records are other messages'. */
  callbacks: number
  others: number
  /** Callbacks that had no room. */
  leftOut: number
}

export interface BundleExport {
  fileName: string
  text: string
  bytes: number
  counts: BundleCounts
  /** Names of the secrets that the file names and does not hold. */
  secrets: string[]
  /** Places in which the value of a secret stood, and was taken out. */
  removed: number
  /** Numbers that others stand in for. */
  numbers: number
}

/** A bundle as it is listed, and as it is shown before it is stored. */
export interface BundleSummary {
  /** In this workspace; null: it is not stored. */
  id: string | null
  openedAt: number | null
  exportedAt: number
  program: string
  masked: { numbers: boolean; text: boolean }
  message: {
    createdAt: number
    to: string
    text: string
    state: MessageStory['state']
    providerName: string
    outcomeClass: MessageStory['outcomeClass']
    outcomeCode: MessageStory['outcomeCode']
  }
  group: string | null
  /** As the file calls them, with the hosts that they sent to, and what was made of them here. */
  providers: { name: string; kind: string; host: string; providerId: string | null }[]
  counts: BundleCounts
  /** Why it cannot be replayed, in words; null: it can. */
  obstacle: string | null
  /** What a replay does otherwise than was recorded, in words. */
  notes: string[]
}

export const replayPaces = ['atOnce', 'recorded'] as const
/** `recorded`: answers and callbacks take as long as they did, 10 seconds each at most. */
export type ReplayPace = (typeof replayPaces)[number]

/** The commands of reproduction bundles, a part of the contract. */
export const bundleCommands = {
  /** Throws `vault_locked` while secrets cannot be told from other text, and `invalid_input` when it is too long. */
  'bundles.export': command(bundleExportSchema).returns<BundleExport>(),
  /** What is in a file; nothing is written. Throws `invalid_input` with a word for whatever is wrong with it. */
  'bundles.read': command(z.object({ text: bundleText })).returns<BundleSummary>(),
  /** Stores it and makes its providers, simulated. The same file again answers with what was stored. */
  'bundles.open': command(z.object({ text: bundleText })).returns<BundleSummary>(),
  'bundles.list': command(z.void()).returns<BundleSummary[]>(),
  'bundles.get': command(byId).returns<BundleSummary>(),
  /** Its providers, and the messages of its replays, stay. */
  'bundles.remove': command(byId).returns<null>(),
  /**
   * Sends its message to the simulator, which answers as recorded; starts it where it is stopped. Answers once the last
   * callback was taken. `key` is the new message's id.
   */
  'bundles.replay': command(
    byId.extend({ key: idSchema, pace: z.enum(replayPaces) }),
  ).returns<MessageStory>(),
}
