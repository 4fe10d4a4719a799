import type { MessageState } from '#shared/message.ts'
import { reasonKey, type CountedErrors } from '#shared/stats/counted-errors.ts'
import { quarterMs } from '../rollups/slots.ts'

/*
 * Messages that the stats count as errors, by the views that the figures are made from, so that there are as many as the page
 * says. A view costs some microseconds for each message that it is asked about, so only those are asked about that may be
 * errors: they are found by indexes of few messages.
 */

export interface CountedConditions {
  sql: string[]
  values: Record<string, string | number | null>
}

/** Conditions on `messages` from seq `@low` to `@high`. */
export function countedConditions({ scope, since, until, ...reason }: CountedErrors): CountedConditions {
  const values = {
    reason: reasonKey(reason),
    fromQuarter: since / quarterMs,
    toQuarter: until / quarterMs,
    scopeId: scope.kind === 'all' ? null : scope.id,
  }
  const isThen = 'quarter >= @fromQuarter AND quarter < @toQuarter AND reason = @reason'
  if (scope.kind === 'provider') {
    const attempt = `provider_id = @scopeId AND ${isThen}`
    // Of most a look at the message itself tells that they are another provider's.
    const mayBeIts = '(attempts > 1 OR provider_id = @scopeId)'
    return { sql: [triedInVain, mayBeIts, fits('stats_attempts', attempt)], values }
  }
  const state = reason.class === 'undelivered' ? 'undelivered' : 'failed'
  const group = scope.kind === 'group' ? ['group_id = @scopeId'] : []
  return { sql: [`seq IN (${ended(state)})`, ...group, fits('stats_messages', isThen)], values }
}

const fits = (view: 'stats_attempts' | 'stats_messages', condition: string) =>
  `EXISTS (SELECT 1 FROM ${view} AS counted WHERE counted.seq = messages.seq AND ${condition})`

/** The index's own condition has to stand there in the same words. */
const ended = (state: MessageState) => `SELECT seq FROM messages INDEXED BY messages_ended_apart
  WHERE (state = 'undelivered' OR state = 'failed' OR state = 'cancelled') AND state = '${state}' AND seq BETWEEN @low AND @high`

/** An attempt failed in all of these, and in no others: it was the only one and ended the message, or others followed or will. */
const triedInVain = `seq IN (${ended('undelivered')} UNION ALL ${ended('failed')} UNION ALL ${ended('cancelled')}
  UNION ALL SELECT seq FROM messages INDEXED BY messages_tried_again WHERE attempts > 1 AND seq BETWEEN @low AND @high
  UNION ALL SELECT seq FROM messages INDEXED BY messages_on_their_way
    WHERE state IN ('queued', 'sending') AND attempts > 0 AND seq BETWEEN @low AND @high)`
