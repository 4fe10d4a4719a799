import type { Database } from 'better-sqlite3'
import type { OutcomeClass } from '#shared/outcome.ts'
import { genericKind, type Provider, type ProviderDraft, type ProviderSummary } from '#shared/provider.ts'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { shippedIds } from '../catalogue/shipped.ts'
import { breakerOf } from '../db/breakers.ts'
import { lastTestOf } from '../db/messages.ts'
import { listProviders, type ProviderRow } from '../db/providers.ts'
import { providerFiguresSince, type KindFigures } from '../db/rollups/figures.ts'
import type { Vault } from '../secrets/vault.ts'
import { breakerView } from './breaker-view.ts'
import { countedParts } from './counted-parts.ts'
import { healthOf } from './provider-health.ts'
import { secretStates } from './provider-secrets.ts'
import { settingsOf, storedSettingsOf } from './provider-settings.ts'
import { storedVendorOf } from './stored-vendor.ts'

export function providerOf(db: Database, vault: Vault, row: ProviderRow): Provider {
  const settings = settingsOf(db, row)
  const vendor = storedVendorOf(row)
  return {
    id: row.id,
    name: row.name,
    // What was chosen cannot be read any more, so that the whole request is what there is to edit.
    kind: vendor ? row.kind : genericKind,
    settings,
    vendor: vendor && { api: vendor.api, fields: vendor.fields, simulated: vendor.simulated },
    secrets: secretStates(db, vault, { id: row.id, settings, vendor }),
    isDefault: row.is_default === 1,
    simulated: row.simulated === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  }
}

/** Days that the figures of the Providers page cover. */
const countedMs = 30 * 24 * 60 * 60 * 1000

export function listSummaries(db: Database, vault: Vault, now: number): ProviderSummary[] {
  return listProviders(db).map((row) =>
    summaryOf(db, vault, row, providerFiguresSince(db, row.id, now - countedMs)),
  )
}

function summaryOf(db: Database, vault: Vault, row: ProviderRow, counts: KindFigures[]): ProviderSummary {
  const provider = providerOf(db, vault, row)
  const missingSecrets = provider.secrets.filter(({ state }) => state !== 'set').map(({ name }) => name)
  const last = lastTestOf(db, row.id, row.simulated)
  const { issue, lost } = storedSettingsOf(db, row)
  const attention = lost ?? row.attention ?? (issue === null ? null : `A setting has to be mended: ${issue}`)
  return {
    id: row.id,
    name: row.name,
    kind: provider.kind,
    endpointHost: hostOf(provider.settings.endpoint),
    isDefault: provider.isDefault,
    simulated: provider.simulated,
    status:
      row.archived_at === null
        ? statusOf(lost === null ? missingSecrets : [], attention, last?.outcome_class ?? null)
        : 'archived',
    attention,
    missingSecrets,
    ...countedParts(counts),
    breaker: breakerView(breakerOf(db, row.id)),
    lastTest:
      last?.outcome_class && last.outcome_code
        ? {
            messageId: last.id,
            at: last.created_at,
            outcomeClass: last.outcome_class,
            code: last.outcome_code,
          }
        : null,
    ...healthOf(db, row.id),
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  }
}

function statusOf(
  missing: string[],
  attention: string | null,
  lastTest: OutcomeClass | null,
): ProviderSummary['status'] {
  if (missing.length > 0) return 'secrets_missing'
  if (attention !== null) return 'needs_attention'
  if (lastTest === null || lastTest === 'cancelled') return 'untested'
  return lastTest === 'accepted' ? 'ready' : 'failing'
}

/** The host as written, placeholders included; secrets never stand in it. */
export function hostOf(endpoint: string): string {
  return /^https?:\/\/([^/?#]*)/i.exec(endpoint)?.[1] ?? ''
}

/** Of the simulator: the generic provider's path, each vendor's own, and those of bundles. */
const simulatedPath = new RegExp(
  `^(?:${genericSimulatorPath}|/(?:${[...shippedIds, 'bundle'].join('|')})(?:[/?#]|$))`,
)

/** A provider that points at this machine's own simulator: marked everywhere, so that nobody takes it for real. */
export function pointsAtSimulator(endpoint: string): boolean {
  const host = hostOf(endpoint).replace(/:\d+$/, '').toLowerCase()
  const path = endpoint.slice(endpoint.indexOf('//') + 2).replace(/^[^/]*/, '')
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host) && simulatedPath.test(path)
}

export function isSimulated({
  settings,
  vendor,
}: Pick<ProviderDraft, 'settings'> & { vendor?: { simulated: boolean } | null | undefined }): boolean {
  return vendor?.simulated === true || pointsAtSimulator(settings.endpoint)
}
