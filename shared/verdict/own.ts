import type { OutcomeCode, OutcomeFacts } from '../outcome.ts'
import { host, mayArrive, number, said, type Words } from './phrases.ts'

/** Messages do not ask at once after a failure; a test does. */
const askedAgain = ({ retryAfterSeconds }: OutcomeFacts) =>
  retryAfterSeconds === undefined
    ? 'The next message asks again.'
    : `Messages ask for one again in ${retryAfterSeconds} s, a test asks at once.`

/** What happened on this machine, or on the way to the provider's credentials. */
export const ownWords = {
  request_not_renderable: (facts) => ({
    title: 'The request could not be built',
    cause: facts.reason ?? 'A value does not fit the place it would land in.',
    next: 'Mend the field, then send another test. Nothing was sent.',
  }),
  secret_missing: (facts) => ({
    title: 'A secret has no value',
    cause: `Not set: ${(facts.names ?? []).join(', ')}.`,
    next: 'Enter it in the provider’s settings, then send another test. Nothing was sent.',
  }),
  simulator_stopped: () => ({
    title: 'The simulator is stopped',
    cause: 'A simulated provider sends to this workbench’s simulator and to nobody else.',
    next: 'Start the simulator, then send another test. Nothing was sent.',
  }),
  cancelled_before_sending: ({ status }) => ({
    title: 'Cancelled',
    cause:
      status === undefined
        ? 'It was stopped before anything was sent.'
        : `The provider refused the access token kept from before (${status}), so it did not take the message. It was stopped before it was sent again with a fresh one.`,
    next: 'Send another test when ready.',
  }),
  cancelled_after_sending: () => ({
    title: 'Cancelled after the request went out',
    cause: 'It was stopped while the answer was awaited.',
    next: mayArrive,
  }),
  workbench_failed: () => ({
    title: 'The workbench failed while it handled the answer',
    cause: 'This is a fault of the workbench, not of the provider. The log holds the details.',
    next: mayArrive,
  }),
  interrupted: () => ({
    title: 'The workbench stopped during the attempt',
    cause: 'It was closed or killed after the attempt had begun, so the outcome was never seen.',
    next: `${mayArrive} It is never sent again by itself.`,
  }),
  token_refused: (facts) => ({
    title: `The token server refused the client (${number(facts)})`,
    cause: `${
      facts.status === 404 || facts.status === 405
        ? `${host(facts)} has no token endpoint there: the token URL is wrong.`
        : `${host(facts)} gives no token: the client ID, the client secret or the scope is wrong.`
    }${said(facts)}`,
    next: `Check the OAuth 2.0 settings, then test the token. ${askedAgain(facts)} Nothing was sent.`,
  }),
  token_unavailable: (facts) => ({
    title: 'No access token could be had',
    cause: `${host(facts)} gave no token${facts.reason ? `: ${facts.reason}` : ''}.${said(facts)}`,
    next: `Test the token in the provider’s settings. ${askedAgain(facts)} Nothing was sent.`,
  }),
} satisfies Partial<Record<OutcomeCode, Words>>
