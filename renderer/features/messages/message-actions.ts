import { useRoute, useRouter } from 'vue-router'
import { Columns2, Copy, ExternalLink, Filter, Hash, RotateCw, Webhook } from '@lucide/vue'
import type { MessageSummary } from '#shared/message.ts'
import { useFeedback } from '../../ui/feedback.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { everyMessage, queryWith, type MessageFilter } from './message-filter.ts'
import { outcomeBrief } from './outcome-brief.ts'
import type { Pair } from './use-pair.ts'

/** What the ellipsis and the right click beside a message offer. */
export function useMessageActions(filter: () => MessageFilter, pair: Pair) {
  const route = useRoute()
  const router = useRouter()
  const feedback = useFeedback()

  function itemsFor(message: MessageSummary): MenuItem[] {
    const { id, providerId, groupId, outcomeCode, providerMessageId } = message
    const chosen = pair.has(id)
    return [
      { key: 'open', label: 'Open', icon: ExternalLink, hint: 'Enter' },
      { key: 'again', label: 'Run again…', icon: RotateCw },
      { key: 'pretend', label: 'Pretend that…', icon: Webhook },
      {
        key: 'compare',
        label: chosen ? 'Do not compare' : 'Choose to compare',
        icon: Columns2,
        disabled: pair.full.value && !chosen,
      },
      { key: 'number', label: 'Copy number', icon: Copy },
      { key: 'id', label: 'Copy message id', icon: Hash },
      ...(providerMessageId === null
        ? []
        : [{ key: 'reference', label: 'Copy the provider’s id', icon: Hash }]),
      { key: 'of-number', label: 'Only this number', icon: Filter },
      ...(providerId === null ? [] : [{ key: 'of-provider', label: 'Only this provider', icon: Filter }]),
      ...(groupId === null ? [] : [{ key: 'of-group', label: 'Only this group', icon: Filter }]),
      ...(outcomeCode === null
        ? []
        : [{ key: 'of-outcome', label: `Only “${outcomeBrief(outcomeCode)}”`, icon: Filter }]),
    ]
  }

  async function run(key: string, message: MessageSummary): Promise<void> {
    const { id, to, providerId, groupId, outcomeCode, providerMessageId } = message
    if (key === 'open') await router.push(`/messages/${id}`)
    else if (key === 'again') await router.push({ path: `/messages/${id}`, query: { again: id } })
    else if (key === 'pretend') await router.push({ query: { ...route.query, pretend: id } })
    else if (key === 'compare') pair.toggle(id)
    else if (key === 'number') await copy(to, 'Number copied')
    else if (key === 'id') await copy(id, 'Message id copied')
    else if (key === 'reference') await copy(providerMessageId ?? '', 'Provider’s id copied')
    else if (key === 'of-number') await show({ ...filter(), search: to })
    else if (key === 'of-provider') await show({ ...filter(), providerId })
    else if (key === 'of-group') await show({ ...filter(), groupId })
    else if (key === 'of-outcome') await show({ ...filter(), outcome: outcomeCode })
  }

  async function copy(text: string, said: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      feedback.say(said)
    } catch {
      feedback.say('The browser does not let this page write to the clipboard.', 'bad')
    }
  }
  const show = (wanted: MessageFilter) => router.push({ query: queryWith(route.query, wanted) })
  const showAll = () => show(everyMessage)

  return { itemsFor, run, show, showAll }
}
