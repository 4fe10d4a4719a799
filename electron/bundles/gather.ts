import type { Database } from 'better-sqlite3'
import { bundleFormat, bundleVersion, type Bundle, type BundleCallback } from '#shared/bundle/format.ts'
import {
  mostBundleAttempts,
  mostBundleCallbacks,
  mostBundleProviders,
  unprintable,
} from '#shared/bundle/limits.ts'
import { defaultPolicies } from '#shared/group.ts'
import { genericKind } from '#shared/provider.ts'
import { listItems } from '../db/incoming/callback-items.ts'
import { getCallback } from '../db/incoming/callbacks.ts'
import { getGroup } from '../db/groups.ts'
import { getProvider } from '../db/providers.ts'
import { policiesOf } from '../groups/group-view.ts'
import { mustGetMessage } from '../messages/runs.ts'
import { storyOf } from '../messages/story.ts'
import { wholeSettingsOf } from '../providers/provider-settings.ts'
import { storedVendorOf } from '../providers/stored-vendor.ts'
import { bodyOf } from './callback-body.ts'

/** All that is recorded of a message, secrets of the request named and all else as it stands. Throws `not_found`. */
export function gatherBundle(
  db: Database,
  messageId: string,
  { program, now }: { program: string; now: number },
): Bundle {
  const {
    story,
    callbacks,
    runOf: _run,
    groupId,
    groupName,
    ...message
  } = storyOf(db, mustGetMessage(db, messageId))
  const group = groupId === null ? undefined : getGroup(db, groupId)
  const tried = [...new Set(story.flatMap(({ providerId }) => providerId ?? []))]
  const providers = tried.slice(0, mostBundleProviders).flatMap((id) => providerOf(db, id) ?? [])
  const known = (id: string | null) => (providers.some((provider) => provider.id === id) ? id : null)
  const ids = [...new Set(callbacks.map(({ callbackId }) => callbackId))]
  return {
    format: bundleFormat,
    version: bundleVersion,
    exportedAt: new Date(now).toISOString(),
    program,
    masked: { numbers: false, text: false },
    message: {
      ...message,
      providerId: known(message.providerId),
      providerName: shownName(message.providerName),
    },
    group:
      groupName === null
        ? null
        : { name: shownName(groupName), policies: group ? policiesOf(group) : defaultPolicies },
    providers,
    attempts: story.slice(0, mostBundleAttempts).map(({ id: _id, ...attempt }) => {
      return {
        ...attempt,
        providerId: known(attempt.providerId),
        providerName: shownName(attempt.providerName),
      }
    }),
    callbacks: ids
      .slice(0, mostBundleCallbacks)
      .flatMap((id) => callbackOf(db, id, callbacks) ?? [])
      .map((callback) => ({ ...callback, providerId: known(callback.providerId) })),
    leftOut: Math.max(0, ids.length - mostBundleCallbacks),
    sum: '',
  }
}

/** Without what cannot be shown, as a bundle that holds such a name is refused. */
function shownName(name: string): string {
  return name.replace(new RegExp(unprintable, 'gu'), '').trim() || '–'
}

/** Null: it was deleted, or only a draft. */
function providerOf(db: Database, id: string): Bundle['providers'][number] | null {
  const row = getProvider(db, id)
  if (!row) return null
  const vendor = storedVendorOf(row)
  const settings = wholeSettingsOf(db, row)
  const name = shownName(row.name)
  if (!vendor) return { id, name, kind: genericKind, vendor: null, settings }
  const { api, fields, simulated, own } = vendor
  return { id, name, kind: row.kind, vendor: { api, fields, simulated, own }, settings }
}

type Story = ReturnType<typeof storyOf>

function callbackOf(db: Database, id: string, items: Story['callbacks']): BundleCallback | null {
  const row = getCallback(db, id)
  if (!row || (row.method !== 'GET' && row.method !== 'POST')) return null
  const own = items.filter(({ callbackId }) => callbackId === id)
  const headers = JSON.parse(row.headers) as [string, string][] | null
  const { contentType, body } = JSON.parse(row.answer) as { contentType: string; body: string }
  return {
    receivedAt: row.received_at,
    providerId: row.provider_id,
    origin: row.origin,
    signature: row.signature,
    method: row.method,
    target: row.target,
    headers: headers?.map(([name, value]) => ({ name, value })) ?? [],
    body: bodyOf(row.body),
    answer: { status: row.status, contentType, body },
    ...(headers === null && { cleared: true }),
    items: own.map(
      ({
        id: _id,
        messageId: _message,
        callbackId: _callback,
        format: _format,
        receivedAt: _at,
        signature: _s,
        origin: _o,
        ...item
      }) => item,
    ),
    others: Math.max(0, listItems(db, row.seq).length - own.length),
  }
}
