import type { AttemptOutcome, OutcomeCode } from './message.ts'
import { answerWords } from './verdict/answer.ts'
import { connectionWords } from './verdict/connection.ts'
import { ownWords } from './verdict/own.ts'
import type { Verdict, Words } from './verdict/phrases.ts'

export type { Verdict }

const words: Record<OutcomeCode, Words> = { ...answerWords, ...connectionWords, ...ownWords }

/** The words for an outcome, as the page, the command line and the notifications say them. */
export function verdictOf(outcome: AttemptOutcome): Verdict {
  // The clock for the whole may run out before a byte has gone out: the class tells.
  if (outcome.code === 'total_timed_out' && outcome.class === 'unavailable') {
    const verdict = words.total_timed_out(outcome.facts)
    return {
      ...verdict,
      next: 'Nothing was sent. Raise the total time-out, or check the address and the network.',
    }
  }
  return words[outcome.code](outcome.facts)
}
