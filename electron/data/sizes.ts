import { storeParts, type StorePart, type StoreSizes } from '#shared/data.ts'

const tables: Record<Exclude<StorePart, 'other'>, RegExp> = {
  messages: /^(messages|message_numbers|vendor_ids|saved_filters)$/,
  contents: /^(attempts|attempt_results|receipt_waits|attempt_receipts)$/,
  callbacks: /^callback/,
  search: /^log_/,
  bulk: /^bulk_/,
  figures: /_(quarters|figures|health)$|^(figures|stats)_/,
  free: /^free$/,
}

/** Bytes by table, put together by what people know. */
export function sizesOf(bytes: ReadonlyMap<string, number>): StoreSizes {
  const sums = new Map<StorePart, number>(storeParts.map((part) => [part, 0]))
  for (const [name, size] of bytes) {
    const part = storeParts.find((one) => one !== 'other' && tables[one].test(name)) ?? 'other'
    sums.set(part, (sums.get(part) ?? 0) + size)
  }
  const parts = [...sums].map(([part, size]) => ({ part, bytes: size }))
  parts.sort((one, other) => other.bytes - one.bytes)
  return { parts, total: parts.reduce((sum, part) => sum + part.bytes, 0) }
}
