import type { ProviderSummary } from '#shared/provider.ts'
import { formatTime } from '../../lib/format.ts'
import { statusReason } from './provider-table.ts'

type Health = Pick<ProviderSummary, 'lastSuccess' | 'lastError'>

/** An error that a success came after is history; one that is newer says what is wrong now. */
export function errorIsNewest({ lastSuccess, lastError }: Health): boolean {
  return lastError !== null && (lastSuccess === null || lastError.at > lastSuccess.at)
}

/** Why a row's status is what it is, and when the provider last worked and last did not. */
export function statusTitle(provider: ProviderSummary): string {
  const { lastSuccess, lastError } = provider
  return [
    statusReason(provider),
    lastSuccess ? `Last success ${formatTime(lastSuccess.at)}` : '',
    lastError ? `Last error ${formatTime(lastError.at)}: ${lastError.title}` : '',
    lastError && errorIsNewest(provider) ? `${lastError.cause} ${lastError.next}`.trim() : '',
  ]
    .filter(Boolean)
    .join('\n')
}
