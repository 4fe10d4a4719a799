import { optIn, optOut } from '../../db/incoming/opt-outs.ts'
import type { StoreHandle } from '../../db/store-handle.ts'
import type { EventHub } from '../../events.ts'
import type { Handlers } from '../../rpc.ts'
import { pageOfConversations, pageOfOptOuts, partOfConversation } from './conversations.ts'
import { readReplyWords, writeReplyWords } from './reply-words.ts'

type ConversationHandlers = Pick<
  Handlers,
  | 'conversations.list'
  | 'conversations.optOuts'
  | 'conversations.get'
  | 'conversations.setOptedOut'
  | 'conversations.words'
  | 'conversations.setWords'
>

export function conversationHandlers(parts: {
  stores: StoreHandle
  events: EventHub
  now: () => number
  onWords: () => void
  /** What was sent so far is found by its number afterwards. */
  gather: () => Promise<void>
}): ConversationHandlers {
  const { stores, events, now, onWords, gather } = parts
  return {
    'conversations.list': async ({ search, cursor, limit }) => {
      await gather()
      return stores.store.read((db) => pageOfConversations(db, search, cursor, limit))
    },
    'conversations.optOuts': ({ search, after, limit }) =>
      stores.store.read((db) => pageOfOptOuts(db, search, after, limit)),
    'conversations.get': async ({ number, cursor, limit }) => {
      await gather()
      return stores.store.read((db) => partOfConversation(db, number, cursor, limit))
    },
    'conversations.setOptedOut': async ({ number, optedOut }) => {
      await stores.store.write((db) =>
        optedOut ? optOut(db, { number, at: now(), word: '', provider_id: null }) : optIn(db, number),
      )
      events.emit('conversations.changed', { number })
      return null
    },
    'conversations.words': () => stores.store.read(readReplyWords),
    'conversations.setWords': async (words) => {
      await stores.store.write((db) => writeReplyWords(db, words))
      onWords()
      events.emit('conversations.changed', { number: null })
      return words
    },
  }
}
