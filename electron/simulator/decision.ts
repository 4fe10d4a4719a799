import type { CommonAnswer } from '#shared/catalogue/simulated.ts'
import type { TakenMessage } from './callbacks/taken.ts'

/** What goes out; the names of headers in small letters, `content-type` among them. */
export interface Reply {
  status: number
  headers: Record<string, string>
  body: string
}

/** What becomes of a request: an answer, or none, in the ways in which a network fails. */
export type Decision = {
  /** What was decided and why. */
  words: string
  /** The message was taken, whether or not the sender is told so. */
  accepted: boolean
  /** What was taken, to be called back about. */
  messages?: readonly TakenMessage[]
  /** What the answer waits for. */
  before?: Promise<void>
} & (
  | {
      kind: 'reply'
      reply: Reply
      /** How long the answer is held back. */
      delayMs: number
      /** Over how long its body is spread. */
      bodyMs: number
    }
  | { kind: 'silence' | 'drop' | 'reset' }
)

export function replying(reply: Reply, words: string, accepted: boolean): Decision & { kind: 'reply' } {
  return { kind: 'reply', reply, words, accepted, delayMs: 0, bodyMs: 0 }
}

export function plainReply(status: number, words: string, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: `${words}\n` }
}

/** A request that a provider can decide, or that a fault decides in its place. */
export interface Exchange {
  to: string
  from: string
  text: string
  /** As the provider would. */
  decide(): Decision
  /** With one of the answers that every provider has, whatever the request says. */
  answerAs(answer: CommonAnswer): Decision
}
