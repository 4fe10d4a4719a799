import type { Database } from 'better-sqlite3'
import type { WaitEnd } from '#shared/attempt.ts'
import { AppError } from '#shared/errors.ts'
import type { MessageStory } from '#shared/message.ts'
import type { SendInput } from '#shared/send-input.ts'
import { getGroup } from '../db/groups.ts'
import { getMessageBySeq, type MessageRow } from '../db/messages.ts'
import { endWait, sendingAgain, type WaitRow } from '../db/incoming/receipt-waits.ts'
import { recounting } from '../db/rollups/add.ts'
import type { Store } from '../db/store.ts'
import { GroupRun } from '../groups/group-run.ts'
import { policiesOf } from '../groups/group-view.ts'
import type { Placed } from './group-ends.ts'
import { goOn, walk } from './group-sender.ts'
import type { GroupTools } from './group-tools.ts'
import { firstTurn, readyTurn, type Round, type Turn } from './group-turns.ts'
import { storyOf } from './story.ts'
import { endUndelivered } from './write-result.ts'

/** Who was closed for longer than this after the time had come does not send an old text again. */
const latestMs = 24 * 3_600_000

/** It was stopped before anything went out: it waits as before, unless whoever stopped it has ended that, too. */
export class StillWaiting extends Error {}

/**
 * Sends a group's message on that was accepted and had no delivery receipt in time, through the members that it has not
 * tried; it ends undelivered where there is none. A receipt stops that up to the moment in which the next attempt is
 * written down. Rejects with `StillWaiting`, `vault_locked` and the store's errors; then it waits as before.
 */
export async function goOnWithoutReceipt(
  tools: GroupTools,
  store: Store,
  wait: WaitRow,
): Promise<MessageStory> {
  const found = store.read((db) => lookUp(db, tools, store, wait))
  if ('against' in found) {
    await store.write((db) => endWait(db, wait.attempt_seq, found.against, tools.now()))
    return told(tools, store, found.seq)
  }
  const { round, at } = found
  const turn = await nextTurn(round)
  if (turn === null) {
    await store.write((db) => {
      if (claim(db, wait, tools.now())) endUndelivered(db, at.story, at.place, tools.now())
    })
    return told(tools, store, at.place.message)
  }
  const next = await goOn(round, at, turn, (db) => !tools.isCancelled() && claim(db, wait, tools.now()))
  if (next) return walk(round, turn, next)
  if (tools.isCancelled()) throw new StillWaiting()
  return storyBySeq(store, at.place.message)
}

/** Null where no member is left. */
async function nextTurn(round: Round): Promise<Turn | null> {
  const turn = firstTurn(round)
  try {
    return turn && (await readyTurn(round, turn)).turn
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'vault_locked') throw error
    return null
  }
}

type Found = { round: Round; at: Placed } | { against: WaitEnd; seq: number }

function lookUp(db: Database, tools: GroupTools, store: Store, wait: WaitRow): Found {
  const row = mustGet(db, wait.message_seq)
  const group = row.group_id === null ? undefined : getGroup(db, row.group_id)
  const story = storyOf(db, row)
  const against = (how: WaitEnd) => ({ against: how, seq: row.seq })
  if (row.state !== 'sent') return against('receipt')
  if (!group) return against('group_deleted')
  if (policiesOf(group).noReceiptMinutes === null) return against('switched_off')
  if (story.story.findLast((one) => one.wait)?.providerId === null) return against('provider_deleted')
  if (tools.now() - wait.due_at > latestMs) return against('too_late')
  const run = new GroupRun(db, group, story.test, tools)
  run.remember(story.story)
  const round = { tools, store, run, input: inputOf(row, story, group.id) }
  return { round, at: { story, place: { message: row.seq, attempt: wait.attempt_seq } } }
}

function inputOf(
  { id, to_number: to, body: text }: MessageRow,
  story: MessageStory,
  group: string,
): SendInput {
  const { values, test } = story
  return { key: id, provider: { kind: 'group', id: group }, to, country: null, text, values, test }
}

/** Whether this wait is still to be acted upon; from then on it is, by this caller alone. */
function claim(db: Database, { attempt_seq, message_seq }: WaitRow, now: number): boolean {
  if (getMessageBySeq(db, message_seq)?.state !== 'sent') {
    endWait(db, attempt_seq, 'receipt', now)
    return false
  }
  if (!endWait(db, attempt_seq, 'no_receipt', now)) return false
  recounting(db, message_seq, () => sendingAgain(db, message_seq))
  return true
}

function told(tools: GroupTools, store: Store, seq: number): MessageStory {
  const story = storyBySeq(store, seq)
  tools.tell(story)
  return story
}

function storyBySeq(store: Store, seq: number): MessageStory {
  return store.read((db) => storyOf(db, mustGet(db, seq)))
}

function mustGet(db: Database, seq: number): MessageRow {
  const row = getMessageBySeq(db, seq)
  if (!row) throw new AppError('not_found', 'There is no such message; it may have been deleted.')
  return row
}
