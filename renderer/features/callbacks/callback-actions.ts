import { useRoute, useRouter } from 'vue-router'
import {
  Copy,
  ExternalLink,
  FilePen,
  Filter,
  MessagesSquare,
  Repeat,
  RadioTower,
  Terminal,
} from '@lucide/vue'
import type { CallbackSummary } from '#shared/callbacks/callback.ts'
import { call } from '../../lib/api.ts'
import { plural } from '../../lib/format.ts'
import { useFeedback } from '../../ui/feedback.ts'
import { shortcutsOf, type MenuItem } from '../../ui/menu-item.ts'
import { effectWords, resultOf } from './callback-words.ts'
import { queryWith, shownOf } from './callback-filter.ts'
import { useCallbacks } from './callbacks-store.ts'

/** As many at once as still show how it goes on. */
const replayedAtOnce = 50

/** What the ellipsis and the right click beside a callback offer. */
function itemsFor({
  providerId,
  messageId,
  number,
  bodyBytes,
}: Pick<CallbackSummary, 'providerId' | 'messageId' | 'number' | 'bodyBytes'>): MenuItem[] {
  const known = providerId !== null
  return [
    { key: 'open', label: 'Open', icon: ExternalLink, hint: 'Enter' },
    { key: 'message', label: 'Go to the message', icon: MessagesSquare, disabled: messageId === null },
    { key: 'replay', label: 'Replay', icon: Repeat, disabled: !known, hint: 'R' },
    { key: 'edit', label: 'Edit and replay…', icon: FilePen, hint: 'E' },
    { key: 'curl', label: 'Copy as cURL…', icon: Terminal, disabled: !known },
    { key: 'body', label: 'Copy body', icon: Copy, disabled: bodyBytes === 0 },
    ...(number === null ? [] : [{ key: 'of-number', label: 'Only this number', icon: Filter }]),
    ...(known
      ? [
          { key: 'of-provider', label: 'Only this provider', icon: Filter },
          { key: 'provider', label: 'Open the provider', icon: RadioTower },
        ]
      : []),
  ]
}

/** For the list of shortcuts. */
export const callbackShortcuts = shortcutsOf(
  itemsFor({ providerId: '', messageId: null, number: null, bodyBytes: 0 }),
).filter(({ keys }) => keys[0] !== 'Enter')

/** What can be done with a callback, from its row and from its details. */
export function useCallbackActions() {
  const callbacks = useCallbacks()
  const feedback = useFeedback()
  const route = useRoute()
  const router = useRouter()

  async function run(key: string, callback: CallbackSummary): Promise<void> {
    const { id, messageId, providerId, number } = callback
    if (key === 'open') await open(id)
    else if (key === 'message') await router.push(`/messages/${messageId ?? ''}`)
    else if (key === 'replay') await replay([id])
    else if (key === 'edit') await router.push({ path: route.path, query: { ...route.query, craft: id } })
    else if (key === 'curl') await open(id, { part: 'curl' })
    else if (key === 'body') await copyBody(id)
    else if (key === 'provider') await router.push(`/providers/${providerId ?? ''}`)
    else if (key === 'of-number') await show({ search: number ?? '' })
    else if (key === 'of-provider') await show({ providerId })
  }

  const open = (id: string, more = {}) =>
    router.push({ path: `/callbacks/${id}`, query: { ...route.query, ...more } })
  const show = (wanted: object) =>
    router.push({ path: '/callbacks', query: queryWith(route.query, { ...shownOf(route.query), ...wanted }) })

  async function copyBody(id: string): Promise<void> {
    const answer = await call('callbacks.get', { id })
    if (!answer.ok) return feedback.fail(answer.error)
    try {
      await navigator.clipboard.writeText(answer.value.request.body)
      feedback.say('Body copied')
    } catch {
      feedback.say('The browser does not let this page write to the clipboard.', 'bad')
    }
  }

  /** Answers with the new ones; fewer than were asked for where it failed on the way, which is said. */
  async function replay(ids: readonly string[]): Promise<CallbackSummary[]> {
    const done: CallbackSummary[] = []
    for (let from = 0; from < ids.length; from += replayedAtOnce) {
      const answer = await callbacks.replay(ids.slice(from, from + replayedAtOnce))
      if (!answer.ok) {
        feedback.fail(answer.error)
        break
      }
      done.push(...answer.value)
    }
    if (done.length > 0)
      feedback.say(replayWords(done), done.some(({ trouble }) => trouble) ? 'warn' : 'good')
    return done
  }

  return { itemsFor, run, open, replay }
}

/** As in "Replayed: repeat" or "3 callbacks replayed: 2 counted, 1 repeat". */
export function replayWords(done: readonly CallbackSummary[]): string {
  const [first] = done
  if (first && done.length === 1)
    return `Replayed: ${resultOf(first).word.toLowerCase()}. ${resultOf(first).says}`
  const counts = new Map<string, number>()
  for (const one of done) {
    const word = (one.trouble ? resultOf(one) : effectWords[one.effect ?? 'noted']).word.toLowerCase()
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const parts = [...counts].map(([word, count]) => `${count} ${word}`)
  return `${plural(done.length, 'callback')} replayed: ${parts.join(', ')}`
}
