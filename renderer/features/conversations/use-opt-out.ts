import { groupPhone } from '#shared/phone.ts'
import type { OptOut } from '#shared/callbacks/conversation.ts'
import { call } from '../../lib/api.ts'
import { useFeedback } from '../../ui/feedback.ts'
import { howOptedOut } from './opt-out-words.ts'

/** Opting a number out and in by hand, after a word about what it means. */
export function useOptOut() {
  const feedback = useFeedback()

  async function set(number: string, optedOut: boolean): Promise<void> {
    const answer = await call('conversations.setOptedOut', { number, optedOut })
    if (!answer.ok) feedback.fail(answer.error)
    else feedback.say(`${groupPhone(number)} opted ${optedOut ? 'out' : 'in'}`)
  }

  async function askOut(number: string): Promise<void> {
    const isSure = await feedback.ask({
      title: `Opt out ${groupPhone(number)}?`,
      text: 'The number is marked as wanting no more messages, as after a STOP word. Test sends to it are still possible, with a warning.',
      action: 'Opt out',
      stay: 'Cancel',
      dangerous: true,
    })
    if (isSure) await set(number, true)
  }

  async function askIn(number: string, optOut: OptOut): Promise<void> {
    const isSure = await feedback.ask({
      title: `Opt in ${groupPhone(number)}?`,
      text: `It opted out ${howOptedOut(optOut)}. Opt it in only if whoever has the number asks for it.`,
      action: 'Opt in',
      stay: 'Cancel',
      dangerous: false,
    })
    if (isSure) await set(number, false)
  }

  return { askOut, askIn }
}
