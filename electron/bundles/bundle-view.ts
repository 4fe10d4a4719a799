import type { BundleSummary } from '#shared/bundle/bundle-commands.ts'
import { countsOf } from '#shared/bundle/counts.ts'
import type { Bundle, BundleCallback } from '#shared/bundle/format.ts'
import type { MessageStory } from '#shared/message.ts'
import type { BundleRow } from '../db/bundles.ts'
import { attemptIdOf } from '../messages/story.ts'
import { hostOf } from '../providers/provider-view.ts'
import { bytesOf } from './callback-body.ts'
import { scriptOf } from './script.ts'

export interface StoredBundle {
  row: BundleRow
  bundle: Bundle
  providers: string[]
}

export function storedOf(row: BundleRow): StoredBundle {
  return {
    row,
    bundle: JSON.parse(row.content) as Bundle,
    providers: JSON.parse(row.providers) as string[],
  }
}

export function summaryOfBundle(bundle: Bundle, stored: StoredBundle | null): BundleSummary {
  const { message, group, providers, exportedAt, program, masked } = bundle
  const { createdAt, to, text, state, providerName, outcomeClass, outcomeCode } = message
  const { obstacle, notes } = scriptOf(bundle)
  const summary = {
    id: null,
    openedAt: null,
    exportedAt: Date.parse(exportedAt),
    program,
    masked,
    message: { createdAt, to, text, state, providerName, outcomeClass, outcomeCode },
    group: group?.name ?? null,
    providers: providers.map(({ name, kind, settings }) => ({
      name,
      kind,
      host: hostOf(settings.endpoint),
      providerId: null,
    })),
    counts: countsOf(bundle),
    obstacle,
    notes,
  }
  return stored ? hereOf(summary, stored.row) : summary
}

/** With what the workspace in which it was opened says of it. */
export function hereOf(
  summary: BundleSummary,
  { id, opened_at, providers }: Pick<BundleRow, 'id' | 'opened_at' | 'providers'>,
): BundleSummary {
  const made = JSON.parse(providers) as string[]
  return {
    ...summary,
    id,
    openedAt: opened_at,
    providers: summary.providers.map((one, place) => ({ ...one, providerId: made[place] ?? null })),
  }
}

/** The message as it was recorded, under the bundle's id; its providers are those that were made for it here. */
export function storyOfBundle({ row, bundle, providers }: StoredBundle): MessageStory {
  const { message, attempts, callbacks, group } = bundle
  const here = (id: string | null) => {
    const place = bundle.providers.findIndex((provider) => provider.id === id)
    return providers[place] ?? null
  }
  return {
    ...message,
    id: row.id,
    providerId: here(message.providerId),
    groupId: row.group_id,
    groupName: group?.name ?? null,
    runOf: null,
    story: attempts.map((attempt) => ({
      ...attempt,
      id: attemptIdOf(row.id, attempt.position),
      providerId: here(attempt.providerId),
      why: attempt.why && {
        ...attempt.why,
        skipped: attempt.why.skipped.map((one) => ({
          ...one,
          providerId: here(one.providerId) ?? one.providerId,
        })),
        ...(attempt.why.noReceipt && {
          noReceipt: {
            ...attempt.why.noReceipt,
            providerId: here(attempt.why.noReceipt.providerId) ?? attempt.why.noReceipt.providerId,
          },
        }),
      },
    })),
    callbacks: callbacks.flatMap((callback, index) =>
      callback.items.map((item, position) => ({
        ...item,
        id: `${row.id}/${index}/${position}`,
        messageId: row.id,
        callbackId: '',
        receivedAt: callback.receivedAt,
        format: null,
        signature: callback.signature,
        origin: callback.origin,
        received: receivedOf(callback),
      })),
    ),
    fromBundle: {
      openedAt: row.opened_at,
      exportedAt: Date.parse(bundle.exportedAt),
      messageId: message.id,
    },
  }
}

/** Where it came from is not in a bundle. */
function receivedOf({ method, target, headers, body, answer, cleared }: BundleCallback) {
  const bytes = bytesOf(body)
  const text = bytes.toString('utf8')
  const request = { method, target, headers, body: text, bodyBytes: bytes.length, remote: '' }
  return { request: { ...request, ...(cleared && { cleared }) }, status: answer.status }
}
