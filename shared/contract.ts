import { z } from 'zod'
import { idSchema } from './id.ts'
import { appearanceSchema, type Preferences } from './preferences.ts'
import type { AppInfo, LogLine, StoreStatus } from './app-info.ts'
import { attemptIdSchema, type RecordedRequest } from './attempt.ts'
import { settleChoices, type MessageRuns, type MessageStory, type MessageSummary } from './message.ts'
import { sendInputSchema, type SendPhase } from './send-input.ts'
import {
  messageCountSchema,
  messageListSchema,
  mostAskedById,
  savedFilterSchema,
  type MessageCount,
  type MessagePage,
  type SavedFilter,
} from './message-log.ts'
import type { VendorForm, VendorSummary } from './catalogue/entry.ts'
import { providerKindSchema } from './provider.ts'
import { providerCommands } from './provider-commands.ts'
import { targetInputSchema, type TargetView } from './target.ts'
import { groupInputSchema, type Group, type GroupSummary, type GroupUses } from './group.ts'
import {
  simulatorFaultsSchema,
  type ReceivedMessage,
  type SimulatedVendor,
  type SimulatorFaults,
  type SimulatorStatus,
} from './simulator.ts'
import { phoneCommands, type SimulatedReceipts } from './simulator-phone.ts'
import type { BulkJob } from './bulk.ts'
import { bulkCommands } from './bulk-commands.ts'
import { dataCommands, type RetentionStatus } from './data.ts'
import { exportCommands } from './export.ts'
import { bundleCommands } from './bundle/bundle-commands.ts'
import { callbackCommands } from './callbacks/callback-commands.ts'
import type { CallbackSummary } from './callbacks/callback.ts'
import { conversationCommands } from './callbacks/conversation.ts'
import type { ListenerStatus } from './callbacks/listener.ts'
import { statsCommands } from './stats/stats-commands.ts'
import type { StatsWork } from './stats/answer.ts'
import { command, type Command } from './command.ts'
import { newPassphraseSchema, type VaultStatus } from './vault.ts'

const none = z.void()
const byId = z.object({ id: idSchema })
/** The only list of what may cross from a page, a terminal or a script to the workbench. */
export const commands = {
  'app.info': command(none).returns<AppInfo>(),
  'app.preferences': command(none).returns<Preferences>(),
  'app.prefer': command(appearanceSchema.partial()).returns<Preferences>(),
  'logs.tail': command(z.object({ lines: z.number().int().min(1).max(2000) })).returns<LogLine[]>(),

  'store.status': command(none).returns<StoreStatus>(),
  'store.backup': command(none).returns<StoreStatus>(),
  'store.restore': command(z.object({ backup: z.string().max(200) })).returns<StoreStatus>(),
  'store.startEmpty': command(none).returns<StoreStatus>(),

  'vault.status': command(none).returns<VaultStatus>(),
  'vault.unlock': command(z.object({ passphrase: z.string().max(1000) })).returns<VaultStatus>(),
  'vault.protect': command(z.object({ passphrase: newPassphraseSchema })).returns<VaultStatus>(),
  'vault.unprotect': command(none).returns<VaultStatus>(),
  /** For a vault that is locked for good: a new key; the secrets have to be entered again. */
  'vault.forgetPassphrase': command(none).returns<VaultStatus>(),

  /** The vendors that a provider can be made for, by name. */
  'catalogue.list': command(none).returns<VendorSummary[]>(),
  /** Throws `not_found`. */
  'catalogue.get': command(z.object({ id: providerKindSchema })).returns<VendorForm>(),

  ...providerCommands,

  'groups.list': command(none).returns<GroupSummary[]>(),
  'groups.get': command(byId).returns<Group>(),
  'groups.uses': command(byId).returns<GroupUses>(),
  'groups.save': command(groupInputSchema).returns<Group>(),
  /** Copies all but the countries, as a country is routed by one group; named as copies of providers are. */
  'groups.duplicate': command(byId).returns<Group>(),
  /** One provider or group is the default at most. */
  'groups.setDefault': command(byId).returns<null>(),
  /** Its providers and its messages stay. */
  'groups.delete': command(byId).returns<null>(),

  /** Sends, waits for the outcome and answers with the story; an attempt that fails is an answer, not an error. */
  'messages.send': command(sendInputSchema).returns<MessageStory>(),
  'messages.cancel': command(z.object({ key: idSchema })).returns<null>(),
  'messages.get': command(byId).returns<MessageStory>(),
  'messages.runs': command(byId).returns<MessageRuns>(),
  /**
   * Says what became of a message of which nobody knows; its figures follow, its attempts keep their outcomes. Throws
   * `invalid_input` for any other message.
   */
  'messages.settle': command(byId.extend({ as: z.enum(settleChoices) })).returns<MessageStory>(),
  /** Where a message would go, and the values that it would need. Throws `not_found` as `messages.send` does. */
  'messages.target': command(targetInputSchema).returns<TargetView>(),
  /**
   * Newest first. Each call looks at no more than it can in a few hundredths of a second: `more` with few messages, or
   * none, means that it has not come to the end, and `cursor` goes on from there.
   */
  'messages.list': command(messageListSchema).returns<MessagePage>(),
  /** Those of these messages that are there, in any order. */
  'messages.some': command(z.object({ ids: z.array(idSchema).max(mostAskedById) })).returns<
    MessageSummary[]
  >(),
  /** How many fit, up to 10,000; it looks no longer than a page does, and `cursor` goes on from where it stopped. */
  'messages.count': command(messageCountSchema).returns<MessageCount>(),
  /** The custom values of the provider's newest message that had some, to begin the next one with. */
  'messages.lastValues': command(z.object({ providerId: idSchema })).returns<Record<string, string>>(),
  /** The request as it went out, secrets spelt out. */
  'messages.revealRequest': command(z.object({ attemptId: attemptIdSchema })).returns<RecordedRequest>(),

  ...bulkCommands,
  ...callbackCommands,
  ...conversationCommands,
  ...exportCommands,
  ...bundleCommands,
  ...dataCommands,
  ...statsCommands,

  'filters.list': command(none).returns<SavedFilter[]>(),
  /** Under a new id, or over the one that has it. Throws `name_taken`, and `invalid_input` past a hundred. */
  'filters.save': command(savedFilterSchema).returns<SavedFilter>(),
  'filters.delete': command(byId).returns<null>(),

  'simulator.status': command(none).returns<SimulatorStatus>(),
  'simulator.start': command(none).returns<SimulatorStatus>(),
  'simulator.stop': command(none).returns<SimulatorStatus>(),
  'simulator.received': command(none).returns<ReceivedMessage[]>(),
  'simulator.clear': command(none).returns<null>(),
  /** How each vendor is imitated: addresses, numbers with an outcome of their own, what it answers. */
  'simulator.vendors': command(none).returns<SimulatedVendor[]>(),
  'simulator.faults': command(none).returns<SimulatorFaults>(),
  /** Replaces all of them; they hold for the requests that come from now on, and are kept across restarts. */
  'simulator.setFaults': command(simulatorFaultsSchema).returns<SimulatorFaults>(),
  ...phoneCommands,

  /** "Try it offline": simulator, a provider that points at it, and a first message. */
  'tour.start': command(none).returns<{ providerId: string; messageId: string }>(),
} satisfies Record<string, Command<z.ZodType, unknown>>

export type Commands = typeof commands
export type CommandName = keyof Commands
export type CommandInput<Name extends CommandName> = z.infer<Commands[Name]['input']>
export type CommandOutput<Name extends CommandName> =
  Commands[Name] extends Command<z.ZodType, infer Output> ? Output : never

/** The only list of what the workbench tells its pages unasked. */
export interface Events {
  'app.preferences': Preferences
  'store.status': StoreStatus
  'vault.status': VaultStatus
  'providers.changed': { id: string | null }
  'groups.changed': { id: string | null }
  'message.changed': MessageSummary
  'bulk.changed': BulkJob
  'bulk.deleted': { id: string }
  'filters.changed': null
  'bundles.changed': null
  /** How far a clean-up is, now and then, and that it has ended. */
  'data.changed': RetentionStatus
  'message.phase': { key: string; phase: SendPhase }
  'listener.status': ListenerStatus
  /** Read and matched by now. When very many come, only some are told, and `callbacks.changed` follows. */
  'callback.received': CallbackSummary
  /** More changed than was told one by one: load callbacks, messages and figures again. A few times a second at most. */
  'callbacks.changed': null
  /** Replies came or a number opted in or out; null: the words changed. */
  'conversations.changed': { number: string | null }
  /** A few times a second while it goes on, and at its end. */
  'stats.work': StatsWork
  'simulator.status': SimulatorStatus
  'simulator.received': ReceivedMessage
  'simulator.faults': SimulatorFaults
  'simulator.receipts': SimulatedReceipts
  /** What a number got or sent back; null: several or all. Ten times a second at most. */
  'phone.changed': { number: string | null }
  /** Sent by a host when events were lost: load again whatever is on the page. */
  'host.resync': null
}
export type EventName = keyof Events

/** An event with its number, which grows by one; a host that resumes asks for those after the last it saw. */
export type EventEnvelope = {
  [Name in EventName]: { seq: number; name: Name; payload: Events[Name] }
}[EventName]
