import type { BundleCounts, BundleExport, BundleSummary } from './bundle-commands.ts'

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

function listed(parts: string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

/** What is in a bundle, in a sentence. */
export function contentWords({ providers, attempts, receipts, replies, clicks }: BundleCounts): string {
  const parts = [
    counted(attempts, 'attempt'),
    counted(providers, 'provider'),
    ...(receipts > 0 ? [counted(receipts, 'receipt')] : []),
    ...(replies > 0 ? [counted(replies, 'reply', 'replies')] : []),
    ...(clicks > 0 ? [counted(clicks, 'click')] : []),
  ]
  return `${listed(parts)}.`
}

/** What is worth knowing of what leaves, besides its content. */
export function exportNotes({ counts, secrets, removed, numbers }: BundleExport): string[] {
  const { others, leftOut } = counts
  return [
    secrets.length === 0
      ? 'Its settings name no secret.'
      : `Secrets are named and not held: ${secrets.join(', ')}.`,
    ...(removed > 0 ? [`The value of a secret stood in ${counted(removed, 'text')} and was taken out.`] : []),
    ...(numbers > 0 ? [`Others stand in for ${counted(numbers, 'number')}.`] : []),
    ...(others > 0
      ? [
          `The callbacks hold ${counted(others, 'record')} of other messages as well: they came in the same requests.`,
        ]
      : []),
    ...(leftOut > 0
      ? [`${counted(leftOut, 'later callback')} had no room and ${leftOut === 1 ? 'is' : 'are'} left out.`]
      : []),
  ]
}

export function exportLines(exported: BundleExport): string[] {
  return [contentWords(exported.counts), ...exportNotes(exported)]
}

/** What stands in for something else, in a sentence; null: nothing does. */
export function maskedWords({ numbers, text }: BundleSummary['masked']): string | null {
  if (!numbers && !text) return null
  const what = numbers && text ? 'Numbers and texts are' : numbers ? 'Numbers are' : 'Texts are'
  return `${what} not the real ones: others stand in for them.`
}

/** What comes of opening and replaying it, in sentences. */
export function replayNotes({ obstacle, notes, counts }: BundleSummary): string[] {
  const missing =
    counts.leftOut > 0 ? [`${counted(counts.leftOut, 'later callback')} had no room in the file.`] : []
  return obstacle === null ? [...notes, ...missing] : [`It cannot be replayed. ${obstacle}`, ...missing]
}

/** For a terminal. `clock` writes epoch milliseconds. */
export function bundleLines(summary: BundleSummary, clock: (at: number) => string): string[] {
  const { message, providers, group, exportedAt, program, counts } = summary
  const masked = maskedWords(summary.masked)
  return [
    `Message of ${clock(message.createdAt)} to ${message.to}: ${message.state}${message.outcomeCode === null ? '' : ` (${message.outcomeCode})`}`,
    JSON.stringify(message.text),
    contentWords(counts),
    ...providers.map(({ name, host }) => `Provider ${name}, which sent to ${host}`),
    ...(group === null ? [] : [`Through the group ${group}`]),
    `Exported ${clock(exportedAt)} by ${program}`,
    ...(masked === null ? [] : [masked]),
    ...replayNotes(summary),
  ]
}
