import type { Database } from 'better-sqlite3'
import {
  mostCountedEach,
  mostCountedOne,
  type Conversation,
  type ConversationCursor,
  type ConversationEntry,
  type ConversationPage,
  type ConversationPart,
} from '#shared/callbacks/conversation.ts'
import { shownState } from '#shared/message.ts'
import {
  countClicks,
  countMessagesTo,
  countRepliesFrom,
  listMessagesTo,
  listNewMessagesTo,
  listRepliesFrom,
  type ReplyRow,
} from '../../db/incoming/conversations.ts'
import type { MessageRow } from '../../db/messages.ts'
import { getOptOut, listOptOuts, type OptOutRow } from '../../db/incoming/opt-outs.ts'
import { getProvider } from '../../db/providers.ts'
import { walkConversations, type Candidate } from './conversation-walk.ts'

/** Milliseconds that one look for conversations may take. */
const budget = 40
/** Messages on their way, and those that just arrived, are among so many of the newest. */
const notGathered = 500

type Newest = Pick<Conversation, 'at' | 'text' | 'direction' | 'simulated'>

export function pageOfConversations(
  db: Database,
  search: string,
  cursor: ConversationCursor | null,
  limit: number,
): ConversationPage {
  const isOld = search === '' ? (one: Candidate) => hasNewer(db, one) : () => false
  const walk = walkConversations(db, search, cursor, { most: limit, budget, isOld })
  const conversations = walk.found.map(({ number, key: _key, ...newest }) =>
    conversationOf(db, number, newest, mostCountedEach),
  )
  return { conversations, more: !walk.ended, cursor: walk.cursor }
}

/** Then the number was on an earlier page. */
function hasNewer(db: Database, { number, at, direction, key }: Candidate): boolean {
  const [message] = listMessagesTo(db, number, 1)
  const [reply] = listRepliesFrom(db, number, 1)
  return direction === 'out'
    ? (message?.seq ?? 0) > key || (reply?.received_at ?? 0) > at
    : (reply?.key ?? 0) > key || (message?.created_at ?? 0) > at
}

export function pageOfOptOuts(
  db: Database,
  search: string,
  after: { at: number; number: string } | null,
  limit: number,
): { conversations: Conversation[]; more: boolean } {
  // A number is searched as it is kept, however it is grouped here.
  const part = /^[\d+().\s-]+$/.test(search) ? search.replaceAll(/[^\d+]/g, '') : search
  const rows = listOptOuts(db, part, after, limit + 1)
  const conversations = rows
    .slice(0, limit)
    .map((row) => conversationOf(db, row.number, newestOf(db, row.number), mostCountedEach))
  return { conversations, more: rows.length > limit }
}

/** Entries of one number before `cursor`, oldest first. */
export function partOfConversation(
  db: Database,
  number: string,
  cursor: ConversationCursor | null,
  limit: number,
): ConversationPart {
  const most = limit + 1
  const messages = [
    ...(cursor === null ? newMessages(db, number) : []),
    ...listMessagesTo(db, number, most, cursor?.message),
  ]
  const replies = listRepliesFrom(db, number, most, cursor?.reply)
  const sent = uniqueBySeq(messages).map((row) => ({ key: row.seq, at: row.created_at, row }))
  const came = replies.map((row) => ({ key: row.key, at: row.received_at, row }))
  const entries: ConversationEntry[] = []
  const reached = { message: cursor?.message ?? latest, reply: cursor?.reply ?? latest }
  let [out, back] = [0, 0]
  for (;;) {
    const [message, reply] = [sent[out], came[back]]
    if (entries.length === limit || (!message && !reply)) break
    if (message && (!reply || message.at > reply.at)) {
      entries.push(entryOfMessage(db, message.row))
      reached.message = message.key
      out += 1
    } else if (reply) {
      entries.push(entryOfReply(reply.row))
      reached.reply = reply.key
      back += 1
    }
  }
  return {
    about: conversationOf(db, number, newestOf(db, number), mostCountedOne),
    entries: entries.toReversed(),
    more: sent.length + came.length > entries.length,
    cursor: reached,
  }
}

const latest = Number.MAX_SAFE_INTEGER

const newMessages = (db: Database, number: string) => listNewMessagesTo(db, number, notGathered)

/** Newest first. */
function uniqueBySeq(rows: readonly MessageRow[]): MessageRow[] {
  return [...new Map(rows.map((row) => [row.seq, row])).values()].toSorted((a, b) => b.seq - a.seq)
}

function newestOf(db: Database, number: string): Newest | null {
  const [message] = uniqueBySeq([...newMessages(db, number), ...listMessagesTo(db, number, 1)])
  const [reply] = listRepliesFrom(db, number, 1)
  if (message && (!reply || message.created_at > reply.received_at)) {
    const { created_at: at, body: text, simulated } = message
    return { at, text, direction: 'out', simulated: simulated === 1 }
  }
  if (!reply) return null
  const { received_at: at, text, simulated } = reply
  return { at, text: text ?? '', direction: 'in', simulated: simulated === 1 }
}

function conversationOf(db: Database, number: string, newest: Newest | null, most: number): Conversation {
  const optOut = getOptOut(db, number)
  return {
    number,
    ...(newest ?? { at: optOut?.at ?? 0, text: '', direction: null, simulated: false }),
    messages: countMessagesTo(db, number, most),
    replies: countRepliesFrom(db, number, most),
    optedOut: optOut ? optOutView(db, optOut) : null,
  }
}

function optOutView(db: Database, { at, word, provider_id }: OptOutRow): Conversation['optedOut'] {
  const provider = provider_id === null ? undefined : getProvider(db, provider_id)
  return { at, word, providerName: provider?.name ?? null }
}

function entryOfMessage(db: Database, row: MessageRow): ConversationEntry {
  return {
    id: `message ${row.seq}`,
    direction: 'out',
    at: row.created_at,
    text: row.body,
    messageId: row.id,
    callbackId: null,
    state: shownState({ state: row.state, unknown: row.is_unknown === 1 }),
    providerId: row.provider_id,
    providerName: row.provider_name || null,
    simulated: row.simulated === 1,
    test: row.test === 1,
    clicks: countClicks(db, row.seq),
  }
}

function entryOfReply(row: ReplyRow): ConversationEntry {
  return {
    id: `reply ${row.key}`,
    direction: 'in',
    at: row.received_at,
    text: row.text ?? '',
    messageId: row.message_id,
    callbackId: row.callback_id,
    state: null,
    providerId: row.provider_id,
    providerName: row.provider_name,
    simulated: row.simulated === 1,
    test: false,
    clicks: 0,
  }
}
