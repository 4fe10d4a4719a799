import type { GroupInput, Policies } from '#shared/group.ts'
import type { Difference } from '../../ui/saved-elsewhere.ts'
import { countryNames } from './group-table.ts'

type Described = Pick<GroupInput, 'name' | 'members' | 'countries' | 'notes' | 'policies'>

/** The fields in which two versions of a group differ, in the order of the form. */
export function groupDifferences(
  mine: Described,
  theirs: Described,
  nameOf: (providerId: string) => string,
): Difference[] {
  const other = textsOf(theirs, nameOf)
  return Object.entries(textsOf(mine, nameOf)).flatMap(([field, text]) => {
    const saved = other[field] ?? ''
    return text === saved ? [] : [{ field, mine: text, theirs: saved }]
  })
}

function textsOf({ name, members, countries, notes, policies }: Described, nameOf: (id: string) => string) {
  const texts: Record<string, string> = {
    Name: name,
    Providers: members.map((id, index) => `${index + 1}. ${nameOf(id)}`).join(', '),
    Countries: countryNames(countries).join(', '),
    'When nobody knows': unknownWords[policies.onUnknown],
    'When refused': rejectedWords[policies.onRejected],
    'Circuit breakers': policies.breaker ? 'on' : 'off',
    'No receipt': receiptWords(policies.noReceiptMinutes),
    Notes: notes,
  }
  return texts
}

const unknownWords: Record<Policies['onUnknown'], string> = { move_on: 'move on', hold: 'hold' }
const rejectedWords: Record<Policies['onRejected'], string> = { move_on: 'move on', stop: 'stop' }
const receiptWords = (minutes: number | null) => (minutes === null ? 'off' : `after ${minutes} min`)
