import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { ReceivedMessage } from '#shared/simulator.ts'
import type { VendorLook } from './vendor-marks.ts'

export const outcomes = ['all', 'accepted', 'refused', 'fault'] as const
export type RequestOutcome = (typeof outcomes)[number]

/** Which requests are shown. It lives in the page's address, so that Back works and a link can be kept. */
export interface RequestFilter {
  /** Null: every vendor. */
  vendor: string | null
  outcome: RequestOutcome
}

export const outcomeChoices: { value: RequestOutcome; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'refused', label: 'Refused' },
  { value: 'fault', label: 'Fault' },
]

export function filterOf({ vendor, outcome }: LocationQuery): RequestFilter {
  return {
    vendor: typeof vendor === 'string' && vendor !== '' ? vendor : null,
    outcome: outcomes.find((known) => known === outcome) ?? 'all',
  }
}

/** The address's query with this filter in place of the one it holds. */
export function queryWith(query: LocationQuery, { vendor, outcome }: RequestFilter): LocationQueryRaw {
  const { vendor: _vendor, outcome: _outcome, ...others } = query
  return {
    ...others,
    ...(vendor === null ? {} : { vendor }),
    ...(outcome === 'all' ? {} : { outcome }),
  }
}

/** An answer that a fault only made late is accepted all the same. */
const hadOutcome: Record<RequestOutcome, (message: ReceivedMessage) => boolean> = {
  all: () => true,
  accepted: ({ accepted }) => accepted,
  refused: ({ accepted, fault }) => !accepted && fault === null,
  fault: ({ fault }) => fault !== null,
}

/** Whether a request is to be shown; `search` is looked for in all that a row says, and in its path. */
export function requestFits(
  { vendor, outcome }: RequestFilter,
  search: string,
  markOf: (id: string) => VendorLook,
): (message: ReceivedMessage) => boolean {
  const wanted = search.trim().toLowerCase()
  // Numbers are shown in groups, and kept without.
  const digits = /^[+\d\s()-]+$/.test(wanted) ? wanted.replace(/[\s()-]/g, '') : ''
  return (message) => {
    if (vendor !== null && message.vendor !== vendor) return false
    if (!hadOutcome[outcome](message)) return false
    if (wanted === '') return true
    const { to, from, text, status, answer, fault, request } = message
    const said = [to, from, text, status, answer, fault ?? '', request.path, markOf(message.vendor).name]
    return (
      said.join('\n').toLowerCase().includes(wanted) ||
      (digits !== '' && (to.includes(digits) || from.includes(digits)))
    )
  }
}
