import type { ConversationEntry } from '#shared/callbacks/conversation.ts'

export interface ThreadDay {
  key: string
  /** Of its first entry. */
  at: number
  entries: ConversationEntry[]
}

/** Entries in the order that they have, by days of the local time. */
export function daysOf(entries: readonly ConversationEntry[]): ThreadDay[] {
  const days: ThreadDay[] = []
  for (const entry of entries) {
    const key = new Date(entry.at).toDateString()
    const last = days.at(-1)
    if (last?.key === key) last.entries.push(entry)
    else days.push({ key, at: entry.at, entries: [entry] })
  }
  return days
}
