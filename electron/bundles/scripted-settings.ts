import type { ProviderSettings } from '#shared/settings.ts'

/** Below the simulator's address: all that belongs to a bundle. */
export function scriptedBase(simulator: string, bundleId: string): string {
  return `${simulator}/bundle/${bundleId}`
}

/**
 * The same settings, with every way out led to the simulator: the endpoint keeps its path below the provider's place in
 * the bundle, a token is fetched there, no proxy is used and no certificate of a stranger's trusted.
 */
export function scriptedSettings(
  settings: ProviderSettings,
  { base, place, endpoint }: { base: string; place: number; endpoint: string },
): ProviderSettings {
  const { auth } = settings
  return {
    ...settings,
    endpoint: endpoint.trim().replace(/^https?:\/\/[^/?#]*/i, () => `${base}/${place}`),
    auth: auth.kind === 'oauth2' ? { ...auth, tokenUrl: `${base}/token` } : auth,
    connection: { proxy: { kind: 'none' }, authorities: '' },
    ratePerSecond: null,
  }
}
