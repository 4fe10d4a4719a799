import type { CountedParts, ProviderCounts } from '#shared/provider.ts'

export interface Count extends ProviderCounts {
  test: 0 | 1
  simulated: 0 | 1
}

export function countedParts(counts: readonly Count[]): CountedParts {
  return {
    counts: sum(counts),
    testCounts: sum(counts.filter(({ test }) => test === 1)),
    simulatedCounts: sum(counts.filter(({ simulated }) => simulated === 1)),
    simulatedTestCounts: sum(counts.filter(({ test, simulated }) => test === 1 && simulated === 1)),
  }
}

function sum(counts: readonly Count[]): ProviderCounts {
  const total = { sent: 0, delivered: 0, errors: 0 }
  for (const count of counts) {
    total.sent += count.sent
    total.delivered += count.delivered
    total.errors += count.errors
  }
  return total
}
