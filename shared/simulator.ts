/** A number whose last digits decide what the simulated provider does with a message to it. */
export interface MagicNumber {
  number: string
  outcome: string
  answer: string
}

export interface SimulatorStatus {
  running: boolean
  /** As in `http://127.0.0.1:8026`; null while stopped. */
  address: string | null
  port: number | null
  received: number
  magicNumbers: MagicNumber[]
}

/** A request as the simulated provider took it. */
export interface ReceivedMessage {
  id: string
  at: number
  to: string
  from: string
  text: string
  status: number
  /** What was answered and why, in words. */
  answer: string
}

/** Where the simulated generic provider takes messages, below its address. */
export const genericSimulatorPath = '/generic/messages'
export const defaultSimulatorPort = 8026

export const magicNumbers: MagicNumber[] = [
  { number: '+15005550006', outcome: 'Accepted', answer: '201 with a message id' },
  { number: '+15005550001', outcome: 'Invalid number', answer: '400, code invalid_number' },
  { number: '+15005550004', outcome: 'Opted out', answer: '400, code opted_out' },
  { number: '+15005550002', outcome: 'Bad credentials', answer: '401, code bad_credentials' },
  { number: '+15005550003', outcome: 'No credit', answer: '402, code no_credit' },
  { number: '+15005550007', outcome: 'Rate limited', answer: '429 with Retry-After: 30' },
  { number: '+15005550008', outcome: 'Server error', answer: '500' },
  { number: '+15005550009', outcome: 'No answer', answer: 'the request is taken, nothing comes back' },
  {
    number: '+15005550010',
    outcome: 'Connection reset',
    answer: 'the request is taken, the connection is reset',
  },
  { number: '+15005550011', outcome: 'Failure told in a 200', answer: '200 with "status": "error"' },
  { number: '+15005550012', outcome: 'Slow answer', answer: '201 after 2 seconds' },
]
