import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { CraftedRequest, Pretend } from '#shared/callbacks/callback-commands.ts'
import type { CallbackKind, VendorCallbacks } from '#shared/callbacks/format.ts'
import {
  imitateCallback,
  imitatedFor,
  imitatePlatform,
  type ImitatedRequest,
  type Imitation,
} from '#shared/callbacks/imitate.ts'
import { attemptsOf } from '../db/incoming/attempt-receipts.ts'
import { getMessage, type MessageRow } from '../db/messages.ts'
import type { Account, Accounts } from './account.ts'

/**
 * The request by which a message's vendor would say something of it. Throws `not_found` for a message or provider that is
 * gone, and `invalid_input` where the vendor has no such callback.
 */
export async function pretendRequest(
  db: Database,
  accounts: Accounts,
  id: string,
  pretend: Pretend,
  now: number,
): Promise<CraftedRequest> {
  const message = getMessage(db, id)
  if (!message) throw new AppError('not_found', 'There is no such message; it may have been deleted.')
  const providerId =
    attemptsOf(db, message.seq).findLast(({ provider_id }) => provider_id !== null)?.provider_id ?? null
  const account = providerId === null ? null : await accounts.load(db, providerId)
  if (!account || providerId === null)
    throw new AppError('not_found', 'The provider of this message was deleted.')
  const request = requestFor(account, imitationOf(message, account, pretend, now), pretend.kind)
  const headers = request.contentType === '' ? [] : [{ name: 'Content-Type', value: request.contentType }]
  return { providerId, method: request.method, query: request.query, headers, body: request.body }
}

function requestFor(account: Account, imitation: Imitation, kind: CallbackKind): ImitatedRequest {
  const made =
    account.vendor === null
      ? imitatePlatform(imitation)
      : imitateVendor(account, account.vendor, imitation, kind)
  if (made) return made
  const what = imitation.state === null ? kind : `receipt that says “${imitation.state}”`
  throw new AppError('invalid_input', `This provider sends no ${what}. Choose another.`)
}

function imitateVendor(
  { api }: Account,
  vendor: VendorCallbacks,
  imitation: Imitation,
  kind: CallbackKind,
): ImitatedRequest | null {
  const found = imitatedFor(vendor, api, kind, imitation.state)
  return found && imitateCallback(found.imitated, found.format, imitation)
}

function imitationOf(message: MessageRow, { fields }: Account, pretend: Pretend, at: number): Imitation {
  const isReply = pretend.kind === 'reply'
  return {
    id: message.provider_message_id ?? '',
    reference: message.id,
    // Who replies is the one that the message went to.
    to: isReply ? message.sender : message.to_number,
    from: isReply ? message.to_number : message.sender,
    state: pretend.kind === 'receipt' ? pretend.state : null,
    errorCode: pretend.kind === 'receipt' ? pretend.errorCode : '',
    errorText: '',
    text: isReply ? pretend.text : '',
    url: pretend.kind === 'click' ? pretend.url : '',
    shortUrl: pretend.kind === 'click' ? pretend.url : '',
    uuid: randomUUID(),
    at,
    account: fields,
  }
}
