import {
  defaultPolicies,
  groupInputSchema,
  type Group,
  type GroupInput,
  type Policies,
} from '#shared/group.ts'
import type { FieldIssue } from '#shared/errors.ts'

/** A group as its form holds it: what can be switched off keeps what was typed. */
export interface GroupForm {
  id: string
  name: string
  members: string[]
  countries: string[]
  notes: string
  onUnknown: Policies['onUnknown']
  onRejected: Policies['onRejected']
  breaker: boolean
  receipts: boolean
  /** As typed. */
  minutes: string
}

const usualMinutes = '10'
const minutesPlace = 'policies.noReceiptMinutes'

export function emptyGroup(): GroupForm {
  return {
    ...switches(defaultPolicies),
    id: crypto.randomUUID(),
    name: '',
    members: [],
    countries: [],
    notes: '',
  }
}

export function formOfGroup({ id, name, members, countries, notes, policies }: Group): GroupForm {
  return {
    ...switches(policies),
    id,
    name,
    members: [...members],
    countries: [...countries],
    notes,
  }
}

function switches({ onUnknown, onRejected, breaker, noReceiptMinutes }: Policies) {
  const receipts = noReceiptMinutes !== null
  return {
    onUnknown,
    onRejected,
    breaker,
    receipts,
    minutes: receipts ? `${noReceiptMinutes}` : usualMinutes,
  }
}

export function policiesOf({ onUnknown, onRejected, breaker, receipts, minutes }: GroupForm): Policies {
  // What is no number fails the schema, in its words.
  const typed = minutes.trim() === '' ? Number.NaN : Number(minutes)
  return { onUnknown, onRejected, breaker, noReceiptMinutes: receipts ? typed : null }
}

/** Countries are a set: the order in which they were chosen is none. */
export function inputOfGroup(form: GroupForm): GroupInput {
  const { id, name, members, countries, notes } = form
  return {
    id,
    name: name.trim(),
    members: [...members],
    countries: [...countries].sort(),
    notes,
    policies: policiesOf(form),
  }
}

/** What is wrong with the fields, by their places in the input. */
export function checkGroup(input: GroupInput): FieldIssue[] {
  const parsed = groupInputSchema.safeParse(input)
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => {
    const place = path.join('.')
    const noNumber = place === minutesPlace && Number.isNaN(input.policies.noReceiptMinutes)
    return { path: place, message: noNumber ? 'Enter a number of minutes.' : message }
  })
}
