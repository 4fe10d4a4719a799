import type { Provider, ProviderSummary } from '#shared/provider.ts'
import { connect, valueOf } from './connect.ts'
import { findProvider } from './find-provider.ts'
import { printResult, tableLines } from './output.ts'

export interface ListOptions {
  workspace: string
  json: boolean
}

export async function listProviders({ workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    const providers = valueOf(await dispatch('providers.list', undefined))
    printResult(json, providers, () =>
      providers.length > 0 ? listLines(providers) : ['There is no provider yet.'],
    )
  } finally {
    await close()
  }
}

export async function showProvider(wanted: string, { workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    const { id } = await findProvider(dispatch, wanted)
    const provider = valueOf(await dispatch('providers.get', { id }))
    printResult(json, provider, () => showLines(provider))
  } finally {
    await close()
  }
}

function listLines(providers: ProviderSummary[]): string[] {
  const rows = providers.map((provider) => [
    provider.name + (provider.isDefault ? ' (default)' : ''),
    provider.kind,
    provider.simulated ? `${provider.endpointHost} (simulated)` : provider.endpointHost,
    provider.status.replaceAll('_', ' '),
    // As on the page: what only the simulator took is no figure of the provider's.
    String(provider.counts.sent - provider.simulatedCounts.sent),
    provider.id,
  ])
  return tableLines([['NAME', 'KIND', 'HOST', 'STATUS', 'SENT (30 DAYS)', 'ID'], ...rows])
}

/** The settings name their secrets and hold none. */
function showLines(provider: Provider): string[] {
  const { settings } = provider
  return tableLines([
    ['Name', provider.name + (provider.isDefault ? ' (default)' : '')],
    ['Id', provider.id],
    ['Kind', provider.vendor?.api ? `${provider.kind}, ${provider.vendor.api}` : provider.kind],
    ...Object.entries(provider.vendor?.fields ?? {})
      .filter(([, value]) => value !== '')
      .map(([key, value]) => ['Field', `${key} = ${value}`]),
    ['Request', `${settings.method} ${settings.endpoint}`],
    ['Authentication', settings.auth.kind],
    ...settings.headers.filter((row) => row.enabled).map((row) => ['Header', `${row.name}: ${row.value}`]),
    ...parameterRows(provider),
    ...provider.secrets.map((secret) => ['Secret', `${secret.name} (${secret.state})`]),
  ])
}

function parameterRows({ settings: { parameters } }: Provider): string[][] {
  if (parameters.kind === 'raw')
    return [['Body', `${parameters.contentType}, ${parameters.text.length} characters`]]
  return parameters.rows
    .filter((row) => row.enabled)
    .map((row) => ['Parameter', `${row.name} = ${row.value}`])
}
