import type { ProviderSettings } from '#shared/settings.ts'
import { pointsAtSimulator } from './provider-view.ts'

const led = new WeakMap<ProviderSettings, { address: string; settings: ProviderSettings }>()

/**
 * A simulated provider's settings with the simulator at `address` (an origin): whatever port they name, which may be
 * somebody else's by now. The same object for the same settings and address, as requests are compiled once for each.
 */
export function ledToSimulator(settings: ProviderSettings, address: string): ProviderSettings {
  if (settings.endpoint.startsWith(`${address}/`)) return settings
  const known = led.get(settings)
  if (known?.address === address) return known.settings
  const { endpoint, auth } = settings
  const moved: ProviderSettings = {
    ...settings,
    endpoint: atOrigin(endpoint, address),
    auth:
      auth.kind === 'oauth2' && pointsAtSimulator(auth.tokenUrl)
        ? { ...auth, tokenUrl: atOrigin(auth.tokenUrl, address) }
        : auth,
  }
  led.set(settings, { address, settings: moved })
  return moved
}

function atOrigin(url: string, origin: string): string {
  return url.trim().replace(/^https?:\/\/[^/?#]*/i, () => origin)
}
