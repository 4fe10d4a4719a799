import { z } from 'zod'
import { command } from '../command.ts'
import type { ShownState } from '../message.ts'
import { savedReplyWordsSchema, type ReplyWords } from './reply-words.ts'

/** A number that wants no more messages. */
export interface OptOut {
  at: number
  /** What was replied; empty: by hand. */
  word: string
  /** Whose callback brought it; null: by hand, or the provider was deleted. */
  providerName: string | null
}

/** A number with messages or replies. */
export interface Conversation {
  number: string
  /** Of the newest message or reply that was looked for; of the opt-out where there is none. */
  at: number
  text: string
  direction: 'out' | 'in' | null
  simulated: boolean
  /** Up to `mostCountedEach` in a list, to `mostCountedOne` of a single one. */
  messages: number
  replies: number
  optedOut: OptOut | null
}

export const mostCountedEach = 100
export const mostCountedOne = 10_000

export interface ConversationEntry {
  /** Its own within the conversation. */
  id: string
  direction: 'out' | 'in'
  at: number
  text: string
  /** The message, or the message that the reply belongs to, if one is known. */
  messageId: string | null
  callbackId: string | null
  /** Of a message, as the log shows it. */
  state: ShownState | null
  providerId: string | null
  providerName: string | null
  simulated: boolean
  test: boolean
  clicks: number
}

/** How far messages and replies were looked through; all from these places on were. */
const cursorSchema = z.object({ message: z.number().int().min(0), reply: z.number().int().min(0) })
export type ConversationCursor = z.infer<typeof cursorSchema>

export interface ConversationPage {
  conversations: Conversation[]
  /** With few, or none: it has not come to the end, and `cursor` goes on from there. */
  more: boolean
  cursor: ConversationCursor
}

export interface ConversationPart {
  about: Conversation
  /** Oldest first. */
  entries: ConversationEntry[]
  /** Older ones than these are there. */
  more: boolean
  cursor: ConversationCursor
}

const number = z.string().min(1).max(100)
const limit = z.number().int().min(1).max(200).default(100)
const search = z.string().trim().max(100)

/** The commands of conversations, opt-outs and their words, a part of the contract. */
export const conversationCommands = {
  /**
   * Numbers by their newest message or reply, newest first; with a search by the newest that has its words in the number
   * or the text. Each call looks for a few hundredths of a second. A number may come again on a later page.
   */
  'conversations.list': command(
    z.object({ search, cursor: cursorSchema.nullable().default(null), limit }),
  ).returns<ConversationPage>(),
  /** Numbers that opted out, newest first, after the last one of the page before; `search` is part of a number. */
  'conversations.optOuts': command(
    z.object({ search, after: z.object({ at: z.number().int(), number }).nullable().default(null), limit }),
  ).returns<{ conversations: Conversation[]; more: boolean }>(),
  /** The newest entries of a number, or those before `cursor`. A number of which nothing is known has none. */
  'conversations.get': command(
    z.object({ number, cursor: cursorSchema.nullable().default(null), limit }),
  ).returns<ConversationPart>(),
  /** By hand. */
  'conversations.setOptedOut': command(z.object({ number, optedOut: z.boolean() })).returns<null>(),
  'conversations.words': command(z.void()).returns<ReplyWords>(),
  'conversations.setWords': command(savedReplyWordsSchema).returns<ReplyWords>(),
}
