import { z } from 'zod'

export const defaultListenerPort = 8025

/** Settings of the listener, kept in the store. */
export const listenerSettingsSchema = z.object({
  /** The next free one of ten is taken where it is in use. */
  port: z
    .number()
    .int()
    .min(1024, 'Enter a port from 1024 to 65535.')
    .max(65_535, 'Enter a port from 1024 to 65535.'),
  /** The address by which vendors reach it, through a tunnel or a proxy, as in `https://abc.example.net`; empty: none. */
  publicUrl: z
    .string()
    .trim()
    .max(500)
    .regex(
      /^$|^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i,
      'Start with https:// and the host, as in https://abc.example.net, without ? or #.',
    ),
  /** It listens on all interfaces of this machine, not only on 127.0.0.1. */
  allInterfaces: z.boolean(),
  /** A callback whose signature is wrong is kept, not counted, and answered with 403. */
  refuseInvalidSignatures: z.boolean(),
})
export type ListenerSettings = z.infer<typeof listenerSettingsSchema>

export const defaultListenerSettings: ListenerSettings = {
  port: defaultListenerPort,
  publicUrl: '',
  allInterfaces: false,
  refuseInvalidSignatures: true,
}

export interface ListenerStatus {
  running: boolean
  /** As in `http://127.0.0.1:8025`; null while stopped. */
  address: string | null
  port: number | null
  /** The port that was asked for was in use. */
  portTaken: boolean
  settings: ListenerSettings
  /** Since the workbench was opened. */
  received: number
}

/** Where a provider's callbacks go. */
export interface CallbackAddress {
  providerId: string
  /** On this machine, whether the listener runs or not. */
  local: string
  /** By the public base URL; null without one. */
  public: string | null
  createdAt: number
}

/** Words of replies that change what a number may be sent; compared whole, whatever their case. */
export const replyWordsSchema = z.object({
  stop: z.array(z.string().trim().min(1).max(40)).max(100),
  start: z.array(z.string().trim().min(1).max(40)).max(100),
  help: z.array(z.string().trim().min(1).max(40)).max(100),
  /** The text that answers a HELP word, sent through the provider that brought it; empty: none is sent. */
  helpAnswer: z.string().max(1600),
})
export type ReplyWords = z.infer<typeof replyWordsSchema>

export const defaultReplyWords: ReplyWords = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'BAJA', 'SAIR'],
  start: ['START', 'YES', 'UNSTOP'],
  help: ['HELP', 'INFO'],
  helpAnswer: '',
}

/** A number with messages or replies. */
export interface Conversation {
  number: string
  /** Of the newest message or reply. */
  at: number
  text: string
  direction: 'out' | 'in'
  messages: number
  replies: number
  optedOut: { at: number; word: string } | null
}

export interface ConversationEntry {
  direction: 'out' | 'in'
  at: number
  text: string
  /** The message, or the message that the reply belongs to, if one is known. */
  messageId: string | null
  callbackId: string | null
  state: string | null
  providerName: string | null
  clicks: number
}
