import type { Database } from 'better-sqlite3'
import type { Conversation, ConversationEntry } from '#shared/callbacks/listener.ts'
import { attemptsOf } from '../db/attempt-receipts.ts'
import {
  countMessagesTo,
  countRepliesFrom,
  listMessagesTo,
  listNewestMessages,
  listReplies,
  listRepliesFrom,
} from '../db/conversations.ts'
import { getOptOut, optIn, optOut } from '../db/opt-outs.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Handlers } from '../rpc.ts'
import { readReplyWords, writeReplyWords } from './reply-words.ts'

type ConversationHandlers = Pick<
  Handlers,
  | 'conversations.list'
  | 'conversations.get'
  | 'conversations.setOptedOut'
  | 'conversations.words'
  | 'conversations.setWords'
>

const mostListed = 200
const mostEntries = 1000
const stretch = 500
/** Milliseconds that a look for conversations may take. */
const budget = 40

export function conversationHandlers(parts: {
  stores: StoreHandle
  events: EventHub
  now: () => number
  onWords: () => void
}): ConversationHandlers {
  const { stores, events, now, onWords } = parts
  return {
    'conversations.list': ({ search }) => stores.store.read((db) => listConversations(db, search)),
    'conversations.get': ({ number }) => stores.store.read((db) => entriesOf(db, number)),
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

interface Newest {
  at: number
  text: string
  direction: Conversation['direction']
}

/** Numbers by their newest message or reply, looked for from the newest on for as long as it may take. */
function listConversations(db: Database, search: string): Conversation[] {
  const fits = fitter(search)
  const newest = new Map<string, Newest>()
  const note = (number: string, one: Newest) => {
    const known = newest.get(number)
    if (known ? one.at > known.at : fits(number, one.text)) newest.set(number, one)
  }
  const until = performance.now() + budget
  for (let before = Infinity; newest.size < mostListed && performance.now() < until;) {
    const rows = listReplies(db, Number.isFinite(before) ? before : Number.MAX_SAFE_INTEGER, stretch)
    for (const row of rows)
      note(row.from_number, { at: row.received_at, text: row.text ?? '', direction: 'in' })
    before = rows.at(-1)?.callback ?? 0
    if (rows.length < stretch) break
  }
  const answered = newest.size
  for (let before = Number.MAX_SAFE_INTEGER; performance.now() < until;) {
    const rows = listNewestMessages(db, before, stretch)
    for (const row of rows) note(row.to_number, { at: row.created_at, text: row.body, direction: 'out' })
    before = rows.at(-1)?.seq ?? 0
    if (rows.length < stretch || newest.size >= answered + mostListed) break
  }
  return [...newest]
    .sort(([, one], [, other]) => other.at - one.at)
    .slice(0, mostListed)
    .map(([number, one]) => conversationOf(db, number, one))
}

function fitter(search: string): (number: string, text: string) => boolean {
  const wanted = search.trim().toLowerCase()
  const digits = /^[+\d().\s-]+$/.test(wanted) ? wanted.replaceAll(/[^\d+]/g, '') : ''
  if (wanted === '') return () => true
  return (number, text) => text.toLowerCase().includes(wanted) || (digits !== '' && number.includes(digits))
}

function conversationOf(db: Database, number: string, newest: Newest): Conversation {
  const out = getOptOut(db, number)
  return {
    number,
    ...newest,
    messages: countMessagesTo(db, number),
    replies: countRepliesFrom(db, number),
    optedOut: out ? { at: out.at, word: out.word } : null,
  }
}

/** Oldest first. */
function entriesOf(db: Database, number: string): ConversationEntry[] {
  const sent = listMessagesTo(db, number, mostEntries).map((row): ConversationEntry => ({
    direction: 'out',
    at: row.created_at,
    text: row.body,
    messageId: row.id,
    callbackId: null,
    state: row.state,
    providerName: row.provider_name,
    clicks: attemptsOf(db, row.seq).reduce((sum, { clicks }) => sum + (clicks ?? 0), 0),
  }))
  const replied = listRepliesFrom(db, number, mostEntries).map((row): ConversationEntry => ({
    direction: 'in',
    at: row.received_at,
    text: row.text ?? '',
    messageId: row.message_id,
    callbackId: row.callback_id,
    state: null,
    providerName: row.provider_name,
    clicks: 0,
  }))
  return [...sent, ...replied].sort((one, other) => one.at - other.at).slice(-mostEntries)
}
