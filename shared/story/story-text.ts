import { doubtOf } from '../answer-doubt.ts'
import type { Attempt } from '../attempt.ts'
import type { StoryCallback } from '../callbacks/callback.ts'
import type { MessageStory } from '../message.ts'
import { verdictOf } from '../verdict.ts'
import { asSent } from './as-sent.ts'
import {
  afterWords,
  breakerWords,
  bytesWords,
  timeoutWords,
  waitWords,
  whyWords,
  type NamesAndTimes,
} from './attempt-words.ts'
import { endedAt, endWords, isUnknown } from './end-words.ts'
import { laterWords, spanWords } from './spans.ts'

/** A message's story as lines of plain text, for a terminal: what the page shows, in the same words. */
export function storyText(story: MessageStory, words: NamesAndTimes): string[] {
  const group = story.groupName === null ? '' : `, through the group ${story.groupName}`
  const twice = story.mayArriveTwice ? ['May arrive twice.'] : []
  const head = `${words.clock(story.createdAt)}  Created, to ${story.to}${group}`
  const lines = [head, ...indented([JSON.stringify(story.text)])]
  let before = story.createdAt
  for (const attempt of story.story) {
    lines.push(...attemptText(attempt, before, words))
    before = attempt.startedAt
  }
  // What somebody said has the last word; a receipt comes after the end of the sends.
  const sent = story.settled ? story : asSent(story)
  const end = endWords(sent)
  const came = story.callbacks.map((callback) => ({
    at: callback.receivedAt,
    lines: callbackText(callback, words),
  }))
  if (end === null) return [...lines, ...inOrder(came), ...twice]
  const at = story.settled?.at ?? endedAt(story) ?? before
  const name = isUnknown(sent) ? 'Unknown' : stateNames[sent.state]
  const ended = { at, lines: [`${words.clock(at)}  ${name}. ${end}`, ...indented(twice)] }
  return [...lines, ...inOrder([ended, ...came])]
}

const inOrder = (events: { at: number; lines: string[] }[]) =>
  events.toSorted((one, other) => one.at - other.at).flatMap((event) => event.lines)

const kindNames = { receipt: 'Receipt', reply: 'Reply', click: 'Click', optOut: 'Opt-out' }

/** Whoever knows the address chooses the text, which could steer a terminal. */
const printable = (text: string) => text.replaceAll(/\p{C}+/gu, ' ')

function callbackText(callback: StoryCallback, { clock }: NamesAndTimes): string[] {
  const { kind, state, word, errorCode, errorText, text, url, effect, signature, receivedAt } = callback
  const said = [state, word, errorCode && `code ${errorCode}`].filter(Boolean).join(', ')
  const says = said || (text === null ? (url ?? '') : JSON.stringify(text))
  const signed = signature === 'unchecked' ? '' : `, signature ${signature}`
  return [
    `${clock(receivedAt)}  ${kindNames[kind]}${says === '' ? '' : `: ${printable(says)}`} (${effect}${signed})`,
    ...indented([errorText && printable(errorText)]),
  ]
}

const stateNames: Record<MessageStory['state'], string> = {
  queued: 'Queued',
  sending: 'Sending',
  sent: 'Sent',
  delivered: 'Delivered',
  undelivered: 'Undelivered',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

function attemptText(attempt: Attempt, before: number, words: NamesAndTimes): string[] {
  const { outcome, position, providerName, startedAt, response, timings } = attempt
  const gap = laterWords(Math.max(0, startedAt - before))
  const head = `${words.clock(startedAt)}  Attempt ${position} with ${providerName}, ${gap}`
  if (!outcome) return [head, ...indented([...whyWords(attempt, words), 'In flight.'])]
  const { title, cause, next } = verdictOf(outcome)
  const status = response ? `HTTP ${response.status}` : 'no answer'
  const took = timings ? `, ${spanWords(timings.total)}` : ''
  return [
    head,
    ...indented([
      ...whyWords(attempt, words),
      `${title} (${status}${took})`,
      cause,
      next,
      doubtOf(attempt),
      ...[timeoutWords(attempt), bytesWords(attempt), breakerWords(attempt)].map((one) => one && `${one}.`),
      afterWords(attempt),
      waitWords(attempt, words),
    ]),
  ]
}

function indented(lines: (string | null)[]): string[] {
  return lines.filter((line) => line !== null && line !== '').map((line) => `    ${line}`)
}
