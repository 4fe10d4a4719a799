import { doubtOf } from '../answer-doubt.ts'
import type { Attempt } from '../attempt.ts'
import type { MessageStory } from '../message.ts'
import { verdictOf } from '../verdict.ts'
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
  const end = endWords(story)
  if (end === null) return [...lines, ...twice]
  const at = story.settled?.at ?? endedAt(story) ?? before
  return [
    ...lines,
    `${words.clock(at)}  ${isUnknown(story) ? 'Unknown' : stateNames[story.state]}. ${end}`,
    ...indented(twice),
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
