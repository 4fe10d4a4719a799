import type { ReceivedMessage } from '#shared/simulator.ts'

/** A request as the simulator tells of it; accepted, unless told otherwise. */
export function received(id: string, more: Partial<ReceivedMessage> = {}): ReceivedMessage {
  return {
    id,
    at: 100,
    vendor: 'generic',
    to: '+14155550100',
    from: 'ACME',
    text: 'Hello',
    status: 201,
    answer: 'Accepted',
    accepted: true,
    fault: null,
    request: { method: 'POST', path: '/generic/messages', headers: [], body: '' },
    response: { headers: [], body: '' },
    ...more,
  }
}
