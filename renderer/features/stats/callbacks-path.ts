import type { RouteLocationRaw } from 'vue-router'
import type { StatsScope } from '#shared/stats/query.ts'

/** Where callbacks are set up: in a provider's own settings, or by the addresses of all of them. */
export function callbacksPath(scope: StatsScope): RouteLocationRaw {
  return scope.kind === 'provider' ? `/providers/${scope.id}?part=callbacks` : '/callbacks/listener'
}
