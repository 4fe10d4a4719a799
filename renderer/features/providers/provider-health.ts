import type { ProviderSummary } from '#shared/provider.ts'
import { formatTime } from '../../lib/format.ts'
import { breakerNotice, type StateWords } from './breaker-words.ts'
import { statusReason } from './provider-table.ts'

type Health = Pick<ProviderSummary, 'lastSuccess' | 'lastError'>

/** An error that a success came after is history; one that is newer says what is wrong now. */
export function errorIsNewest({ lastSuccess, lastError }: Health): boolean {
  return lastError !== null && (lastSuccess === null || lastError.at > lastSuccess.at)
}

/** Its circuit breaker, where it keeps messages away; nothing goes through one that is archived anyway. */
export function providerNotice({ breaker, archivedAt }: ProviderSummary, now: number): StateWords | null {
  return archivedAt === null ? breakerNotice(breaker, now) : null
}

/** Why a row's status is what it is, and when the provider last worked and last did not. */
export function statusTitle(provider: ProviderSummary, now: number): string {
  const { lastSuccess, lastError } = provider
  return [
    statusReason(provider),
    providerNotice(provider, now)?.reason ?? '',
    lastSuccess ? `Last success ${formatTime(lastSuccess.at)}` : '',
    lastError ? `Last error ${formatTime(lastError.at)}: ${lastError.title}` : '',
    lastError && errorIsNewest(provider) ? `${lastError.cause} ${lastError.next}`.trim() : '',
  ]
    .filter(Boolean)
    .join('\n')
}
