import { phaseWords } from '../messages/outcome-words.ts'
import type { Sending } from './sending-store.ts'

/** What a message is at while it is sent; through a group with the attempt and its provider. */
export function phaseLine({ phase, attempt }: Pick<Sending, 'phase' | 'attempt'>): string {
  const doing = phase ? phaseWords[phase] : 'Preparing'
  return attempt ? `Attempt ${attempt.position} with ${attempt.providerName}: ${doing}` : doing
}
