import type { BundleCounts } from './bundle-commands.ts'
import type { Bundle } from './format.ts'

export function countsOf({ providers, attempts, callbacks, leftOut }: Bundle): BundleCounts {
  const kinds = callbacks.flatMap(({ items }) => items.map(({ kind }) => kind))
  const count = (...wanted: string[]) => kinds.filter((kind) => wanted.includes(kind)).length
  return {
    providers: providers.length,
    attempts: attempts.length,
    receipts: count('receipt'),
    replies: count('reply', 'optOut'),
    clicks: count('click'),
    callbacks: callbacks.length,
    others: callbacks.reduce((sum, { others }) => sum + others, 0),
    leftOut,
  }
}
