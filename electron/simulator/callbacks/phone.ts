import { randomUUID } from 'node:crypto'
import type { PhoneEntry, PhoneNumber, PhonePost } from '#shared/simulator-phone.ts'
import type { TakenMessage } from './taken.ts'

/** Kept in memory, over all numbers. */
const mostEntries = 10_000
export const mostPosts = 50

/** A received message, or a reply to it. */
export interface Kept extends PhoneEntry {
  number: string
  /** The message that was received; of a reply the one that it answers. */
  taken: TakenMessage
  /** The workbench's own provider that sent it; null: none is known. */
  providerId: string | null
}

interface Handset {
  /** Oldest first. */
  entries: Kept[]
  received: number
  replied: number
}

/** What each number received and sent back, the newest of all. */
export class Phone {
  private readonly entries = new Map<string, Kept>()
  /** In the order of their newest entries. */
  private readonly handsets = new Map<string, Handset>()
  private readonly onChange: (number: string | null) => void
  private readonly most: number

  constructor(onChange: (number: string | null) => void, most = mostEntries) {
    this.onChange = onChange
    this.most = most
  }

  add(entry: Kept): Kept {
    const handset = this.handsets.get(entry.number) ?? { entries: [], received: 0, replied: 0 }
    this.handsets.delete(entry.number)
    this.handsets.set(entry.number, handset)
    handset.entries.push(entry)
    handset[entry.direction] += 1
    this.entries.set(entry.id, entry)
    for (const [id, oldest] of this.entries) {
      if (this.entries.size <= this.most) break
      this.entries.delete(id)
      this.leave(oldest)
    }
    this.onChange(entry.number)
    return entry
  }

  private leave({ number, direction }: Kept): void {
    const handset = this.handsets.get(number)
    // Of a number's entries the oldest of all is the first.
    handset?.entries.shift()
    if (handset) handset[direction] -= 1
    if (handset?.entries.length === 0) this.handsets.delete(number)
  }

  addPost(entry: Kept, post: Partial<PhonePost> & Pick<PhonePost, 'kind' | 'at'>): PhonePost {
    const added: PhonePost = {
      id: randomUUID(),
      state: null,
      url: null,
      target: '',
      outcome: 'waiting',
      answer: null,
      reason: null,
      why: null,
      ...post,
    }
    entry.posts.push(added)
    if (entry.posts.length > mostPosts) entry.posts.splice(0, entry.posts.length - mostPosts)
    this.onChange(entry.number)
    return added
  }

  /** What became of a post. */
  change(entry: Kept, post: PhonePost, change: Partial<PhonePost>): void {
    Object.assign(post, change)
    this.onChange(entry.number)
  }

  get(id: string): Kept | undefined {
    return this.entries.get(id)
  }

  newestReceived(number: string): Kept | undefined {
    return this.handsets.get(number)?.entries.findLast(({ direction }) => direction === 'received')
  }

  numbers(search: string, limit: number): { numbers: PhoneNumber[]; total: number } {
    const wanted = search.trim().toLowerCase()
    const digits = /^[+\d][\d ().-]*$/.test(wanted) ? wanted.replace(/\D/g, '') : ''
    const found: PhoneNumber[] = []
    for (const [number, { entries, received, replied }] of [...this.handsets].toReversed()) {
      const newest = entries.at(-1)
      if (!newest) continue
      const { at, text, direction } = newest
      const fits = text.toLowerCase().includes(wanted) || number.toLowerCase().includes(wanted)
      if (!fits && (digits === '' || !number.includes(digits))) continue
      found.push({ number, at, text, direction, received, replied })
    }
    return { numbers: found.slice(0, limit), total: found.length }
  }

  thread(number: string, before: string | null, limit: number): { entries: PhoneEntry[]; more: boolean } {
    const all = this.handsets.get(number)?.entries ?? []
    const end = before === null ? all.length : all.findIndex(({ id }) => id === before)
    const start = Math.max(0, end - limit)
    return { entries: all.slice(start, Math.max(0, end)).map(viewOf), more: start > 0 }
  }

  clear(): void {
    this.entries.clear()
    this.handsets.clear()
    this.onChange(null)
  }
}

/** A copy: what is told must not change under whoever is told. */
export function viewOf({ id, direction, at, text, vendor, from, messageId, posts }: Kept): PhoneEntry {
  return { id, direction, at, text, vendor, from, messageId, posts: posts.map((post) => ({ ...post })) }
}
