import type { Database } from 'better-sqlite3'
import type { UnmatchedReason } from '#shared/callbacks/callback.ts'
import {
  matchedById,
  matchedBySeq,
  type Matched,
  type MatchedAttempt,
} from '../../db/incoming/attempt-receipts.ts'
import type { ItemRow } from '../../db/incoming/callback-items.ts'
import { listProviders } from '../../db/providers.ts'
import { knownIds, type KnownId } from '../../db/incoming/vendor-ids.ts'

export interface Found extends Matched {
  attempt: MatchedAttempt
}

/** Why nothing fits, and whether something may yet. */
export interface NotFound {
  reason: UnmatchedReason
  why: string | null
  open: boolean
}

const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const mostCandidates = 100
/** Of an id that the vendor writes longer: shorter beginnings would fit by chance. */
const shortestBeginning = 8
const mostBeginnings = 100
const mostOthers = 50

/** The message and attempt of a provider that a record belongs to: by our own id first, then by the vendor's. */
export function findMessage(db: Database, providerId: string, item: ItemRow): Found | NotFound {
  if (item.reference !== null && isId.test(item.reference)) {
    const byReference = findByReference(db, providerId, item.reference.toLowerCase(), item.vendor_id)
    if (byReference) return byReference
  }
  if (item.vendor_id === null)
    return item.reference === null
      ? unmatched('no_id', 'It names neither the vendor’s id nor the message’s own.')
      : unmatched('no_such_id', null)
  const found = candidates(db, providerId, item)
  if (found.length === 0) return notHere(db, providerId, item.vendor_id)
  const fitting = found.filter(({ message }) => isSameNumber(message.to_number, item.to_number))
  return fitting[0] ?? unmatched('no_such_number', 'The id is known, but not for this number.')
}

function findByReference(
  db: Database,
  providerId: string,
  id: string,
  vendorId: string | null,
): Found | NotFound | null {
  const matched = matchedById(db, id)
  if (!matched) return null
  const { message, attempts } = matched
  const own = attempts.filter((attempt) => attempt.provider_id === providerId)
  const named =
    own.length > 1 && vendorId !== null
      ? knownIds(db, providerId, vendorId).find((known) => known.message_seq === message.seq)
      : undefined
  const attempt = own.find(({ position }) => position === named?.attempt) ?? own.at(-1)
  if (attempt) return { message, attempts, attempt }
  return attempts.every((other) => other.provider_id === null)
    ? unmatched('deleted_message', 'The provider that sent this message was deleted.')
    : unmatched('other_provider', `It is a message of ${message.provider_name}.`)
}

function candidates(db: Database, providerId: string, item: ItemRow): Found[] {
  return beginningsOf(item)
    .flatMap((vendorId) => knownIds(db, providerId, vendorId))
    .slice(0, mostCandidates)
    .flatMap((known) => foundAt(db, providerId, known) ?? [])
}

function beginningsOf({ vendor_id: id, id_may_be_longer: longer }: ItemRow): string[] {
  if (id === null) return []
  if (longer === 0) return [id]
  const lengths = Math.min(mostBeginnings, Math.max(1, id.length - shortestBeginning + 1))
  return Array.from({ length: lengths }, (_, shorter) => id.slice(0, id.length - shorter))
}

/** A seq may have been given again since the id was gathered: the attempt has to be the provider's. */
function foundAt(db: Database, providerId: string, known: KnownId): Found | null {
  const matched = matchedBySeq(db, known.message_seq)
  const attempt = matched?.attempts.find(({ position }) => position === known.attempt)
  return matched && attempt?.provider_id === providerId ? { ...matched, attempt } : null
}

/** Vendors write numbers with and without the country code: the end is enough. */
function isSameNumber(ours: string, theirs: string | null): boolean {
  const digits = theirs?.replaceAll(/\D/g, '').replace(/^0+/, '') ?? ''
  return digits.length < 6 || ours.endsWith(digits) || digits.endsWith(ours.slice(1))
}

/**
 * Its message was gathered once, and is no more. Else the answer to the send may still be on its way; another provider's
 * message is told at once.
 */
function notHere(db: Database, providerId: string, vendorId: string): NotFound {
  if (knownIds(db, providerId, vendorId).length > 0) return unmatched('deleted_message', null)
  const owner = listProviders(db)
    .slice(0, mostOthers)
    .find(({ id }) => id !== providerId && knownIds(db, id, vendorId).length > 0)
  if (!owner) return { reason: 'no_such_id', why: null, open: true }
  return { reason: 'other_provider', why: `The id is of a message of ${owner.name}.`, open: true }
}

const unmatched = (reason: UnmatchedReason, why: string | null): NotFound => ({ reason, why, open: false })
