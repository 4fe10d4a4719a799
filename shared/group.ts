import { z } from 'zod'
import { idSchema } from './id.ts'
import type { CountedParts } from './provider.ts'

/** What happens after an attempt of which nobody knows whether it was taken, or whose recipient was refused. */
export const policiesSchema = z.object({
  onUnknown: z.enum(['move_on', 'hold']),
  onRejected: z.enum(['stop', 'move_on']),
  /** Off: members are tried whatever their circuit breakers say. */
  breaker: z.boolean(),
  /** Minutes without a receipt after which the next member is tried; null: never. */
  noReceiptMinutes: z
    .number()
    .int('Enter a whole number.')
    .min(1, 'Enter at least 1 minute.')
    .max(1440, 'Enter at most 1440 minutes, a day.')
    .nullable(),
})
export type Policies = z.infer<typeof policiesSchema>

export const defaultPolicies: Policies = {
  onUnknown: 'move_on',
  onRejected: 'stop',
  breaker: true,
  noReceiptMinutes: null,
}

export const mostMembers = 10

export const groupInputSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1, 'Give the group a name.').max(120, 'Keep the name to 120 characters.'),
  /** Ids of providers, the first to be tried first. */
  members: z
    .array(idSchema)
    .min(1, 'Choose at least one provider.')
    .max(mostMembers, `A group holds ${mostMembers} providers at most.`)
    .refine((ids) => new Set(ids).size === ids.length, 'A provider can be in a group once.'),
  /** ISO 3166-1 alpha-2: numbers of these countries go through this group when none is chosen. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(250),
  notes: z.string().max(2000, 'Keep the notes to 2000 characters.'),
  policies: policiesSchema,
  /** `updatedAt` of the version that was edited: one that has changed since is not overwritten. */
  basedOn: z.number().optional(),
})
export type GroupInput = z.infer<typeof groupInputSchema>

/** What still needs a group. */
export interface GroupUses {
  /** Names of the bulk tests that are not over, the oldest first. */
  bulk: string[]
  /** Messages that wait for a delivery receipt, to go on to the next member. */
  waiting: number
}

/** A group as it is saved. */
export interface Group extends Omit<GroupInput, 'basedOn'> {
  isDefault: boolean
  createdAt: number
  updatedAt: number
}

/** `deleted` stands for a provider that is gone though its place is still there. */
export type MemberState = 'ready' | 'needs_attention' | 'secrets_missing' | 'archived' | 'deleted'

export interface GroupMember {
  providerId: string
  name: string
  kind: string
  simulated: boolean
  state: MemberState
  /** Why it needs attention, in words. */
  attention: string | null
  breaker: BreakerView
}

/** What the page shows of a circuit breaker; times are epoch milliseconds. */
export interface BreakerView {
  state: 'closed' | 'open' | 'half_open'
  failuresInRow: number
  /** How often in a row it has opened without closing: it stays open for longer each time. */
  openings: number
  openUntil: number | null
  throttledUntil: number | null
  goodProbes: number
}

/** A row of the Provider Groups tab. Counts cover the last 30 days. */
export interface GroupSummary extends CountedParts {
  id: string
  name: string
  notes: string
  countries: string[]
  policies: Policies
  members: GroupMember[]
  isDefault: boolean
  updatedAt: number
}
