import { metrics, share } from '#shared/metrics.ts'
import type { CountedParts, ProviderCounts } from '#shared/provider.ts'

/** What a page's figures count besides real sends. */
export interface Counted {
  tests: boolean
  simulated: boolean
}

/** The figures as the page's switches ask for them. */
export function countsOf(parts: CountedParts, { tests, simulated }: Counted): ProviderCounts {
  const { counts, testCounts, simulatedCounts, simulatedTestCounts } = parts
  const figure = (name: keyof ProviderCounts) =>
    counts[name] -
    (tests ? 0 : testCounts[name]) -
    (simulated ? 0 : simulatedCounts[name]) +
    // What is both was taken off twice.
    (tests || simulated ? 0 : simulatedTestCounts[name])
  return { sent: figure('sent'), delivered: figure('delivered'), errors: figure('errors') }
}

/** Delivery Rate in percent, as the Stats page reckons it; null where nothing was sent. */
export function deliveryRateOf({ delivered, sent }: ProviderCounts): number | null {
  return share(delivered, sent)
}

/** How the figures of a list are reckoned, for the heads of its columns. */
export const figureTitles = {
  sent: metrics.totalSent.explanation,
  rate: metrics.deliveryRate.explanation,
  errors: metrics.totalErrors.explanation,
}

export const simulatedLeftOut =
  'Sends to the simulator are left out of the figures. To count them: More actions, Count simulated sends.'

/** All that was sent went to the simulator, and that is not counted. */
export function onlySimulated(parts: CountedParts, counted: Counted): boolean {
  const { sent, errors } = countsOf(parts, counted)
  const { simulatedCounts } = parts
  return !counted.simulated && sent + errors === 0 && simulatedCounts.sent + simulatedCounts.errors > 0
}
