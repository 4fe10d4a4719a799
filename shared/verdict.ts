import type { AttemptOutcome, OutcomeClass, OutcomeCode } from './outcome.ts'
import { answerWords } from './verdict/answer.ts'
import { connectionWords } from './verdict/connection.ts'
import { ownWords } from './verdict/own.ts'
import { mayArrive, type Verdict, type Words } from './verdict/phrases.ts'

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
  const verdict = words[outcome.code](outcome.facts)
  // What a vendor's own code means is a setting, and so is what to do about it.
  return outcome.code === 'vendor_code' && !outcome.facts.codeNext
    ? { ...verdict, next: nextByClass[outcome.class] ?? verdict.next }
    : verdict
}

const nextByClass: Partial<Record<OutcomeClass, string>> = {
  rejected: 'Check the number and the text against what it names, then send another test.',
  unavailable: 'Wait a while, then send another test.',
  unknown: mayArrive,
}
