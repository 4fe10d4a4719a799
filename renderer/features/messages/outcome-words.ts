import { shownState, type MessageStory, type MessageSummary, type ShownState } from '#shared/message.ts'
import type { OutcomeClass } from '#shared/outcome.ts'
import type { SendPhase } from '#shared/send-input.ts'
import { isUnknown } from '#shared/story/end-words.ts'
import type { Tone } from '../../ui/tone.ts'

interface StatusWords {
  word: string
  tone: Tone
}

export const outcomeWords: Record<OutcomeClass, StatusWords> = {
  accepted: { word: 'Accepted', tone: 'good' },
  rejected: { word: 'Rejected', tone: 'bad' },
  unavailable: { word: 'Unavailable', tone: 'bad' },
  misconfigured: { word: 'Misconfigured', tone: 'warn' },
  unknown: { word: 'Unknown', tone: 'warn' },
  cancelled: { word: 'Cancelled', tone: 'quiet' },
}

/** A message that may have arrived is not shown as failed, though no provider is known to have taken it. */
export const stateWords: Record<ShownState, StatusWords> = {
  queued: { word: 'Queued', tone: 'quiet' },
  sending: { word: 'Sending', tone: 'running' },
  sent: { word: 'Sent', tone: 'good' },
  delivered: { word: 'Delivered', tone: 'good' },
  undelivered: { word: 'Undelivered', tone: 'bad' },
  failed: { word: 'Failed', tone: 'bad' },
  unknown: outcomeWords.unknown,
  cancelled: { word: 'Cancelled', tone: 'quiet' },
}

export function messageWords(message: Pick<MessageSummary, 'state' | 'unknown'>): StatusWords {
  return stateWords[shownState(message)]
}

/** The same of a story, whose attempts tell. */
export function storyWords(story: MessageStory): StatusWords {
  return messageWords({ state: story.state, unknown: isUnknown(story) })
}

/** For the Help page, and on hover over a verdict. */
export const outcomeMeanings: Record<OutcomeClass, string> = {
  accepted:
    'The answer meets the provider’s success rule. Whether the phone got it is told by a delivery receipt.',
  rejected:
    'The provider refuses this recipient or this text: a bad number, an opt-out, a blocked or too long text.',
  unavailable: 'Surely not taken: no connection, or the provider said to come back later (429, 503).',
  misconfigured:
    'Surely not taken, and yours to mend: credentials, credit, sender ID, address or parameters.',
  unknown: 'The request went out and no full, clear answer came. The message may arrive all the same.',
  cancelled: 'Stopped before anything was sent.',
}

export const phaseWords: Record<SendPhase, string> = {
  queued: 'Waiting for its turn (rate limit)',
  token: 'Fetching an access token',
  connecting: 'Connecting',
  waiting: 'Waiting for the answer',
  receiving: 'Receiving the answer',
}
