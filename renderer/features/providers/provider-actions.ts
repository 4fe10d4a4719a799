import { ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import {
  Archive,
  ChartLine,
  Copy,
  Download,
  History,
  ListChecks,
  Radio,
  Send,
  SlidersHorizontal,
  Star,
  Terminal,
  Trash2,
  Zap,
} from '@lucide/vue'
import { closedBreaker } from '#shared/failover/breaker.ts'
import type { ProviderSummary } from '#shared/provider.ts'
import { useFeedback } from '../../ui/feedback.ts'
import { shortcutsOf, type MenuItem } from '../../ui/menu-item.ts'
import { testHistoryOf } from '../messages/message-filter.ts'
import { breakerNotice } from './breaker-words.ts'
import { useProviders } from './providers-store.ts'
import { useBreakerReset } from './use-breaker-reset.ts'

type Offered = Pick<ProviderSummary, 'isDefault' | 'archivedAt' | 'breaker'>

function itemsFor({ isDefault, archivedAt, breaker }: Offered): MenuItem[] {
  const archived = archivedAt !== null
  const stopped = !archived && breakerNotice(breaker, Date.now()) !== null
  return [
    { key: 'edit', label: archived ? 'Show settings' : 'Edit settings', icon: SlidersHorizontal, hint: 'E' },
    { key: 'send', label: 'Send Test SMS', icon: Send, disabled: archived, hint: 'T' },
    { key: 'bulk', label: 'Bulk test', icon: ListChecks, disabled: archived, hint: 'B' },
    { key: 'default', label: 'Mark as Default', icon: Star, disabled: isDefault || archived, hint: 'D' },
    { key: 'duplicate', label: 'Duplicate', icon: Copy, hint: 'U' },
    { key: 'callbacks', label: 'Callbacks', icon: Radio, hint: 'K' },
    { key: 'curl', label: 'Copy as cURL', icon: Terminal, hint: 'C' },
    { key: 'history', label: 'Test history', icon: History, hint: 'H' },
    { key: 'stats', label: 'Stats', icon: ChartLine, hint: 'S' },
    ...(stopped ? [{ key: 'reset', label: 'Reset circuit breaker', icon: Zap }] : []),
    { key: 'export', label: 'Export', icon: Download, hint: 'X' },
    { key: 'archive', label: 'Archive', icon: Archive, disabled: archived, hint: 'A' },
    { key: 'delete', label: 'Delete', icon: Trash2, hint: 'Del' },
  ]
}

/** The keys of a provider’s row for the list of shortcuts. */
export const rowShortcuts = shortcutsOf(
  itemsFor({ isDefault: false, archivedAt: null, breaker: closedBreaker }),
)

/** What the ellipsis and the right click beside a provider offer. */
export function useProviderActions() {
  const providers = useProviders()
  const feedback = useFeedback()
  const resetBreaker = useBreakerReset()
  const router = useRouter()
  const route = useRoute()
  /** The provider whose command is shown. */
  const asCurl = ref<ProviderSummary | null>(null)
  /** The provider that a dialog asks about. */
  const asked = ref<{ provider: ProviderSummary; about: 'archive' | 'delete' | 'export' } | null>(null)

  async function run(key: string, provider: ProviderSummary): Promise<void> {
    if (key === 'edit') await router.push(`/providers/${provider.id}`)
    else if (key === 'callbacks') await router.push(`/providers/${provider.id}?part=callbacks`)
    else if (key === 'send')
      await router.push({ path: route.path, query: { ...route.query, send: provider.id } })
    else if (key === 'bulk') await router.push(`/messages/bulk/new?through=${provider.id}`)
    else if (key === 'default') await markAsDefault(provider)
    else if (key === 'duplicate') await duplicate(provider)
    else if (key === 'reset') await resetBreaker(provider.id, provider.name)
    else if (key === 'curl') asCurl.value = provider
    else if (key === 'archive' || key === 'delete' || key === 'export') asked.value = { provider, about: key }
    else if (key === 'history') await router.push(testHistoryOf(provider.id))
    else if (key === 'stats') await router.push(`/providers/${provider.id}/stats`)
  }

  async function markAsDefault({ id, name }: ProviderSummary): Promise<void> {
    const answer = await providers.setDefault(id)
    if (answer.ok) feedback.say(`${name} is the default now`)
    else feedback.fail(answer.error)
  }

  async function duplicate({ id }: ProviderSummary): Promise<void> {
    const answer = await providers.duplicate(id)
    if (!answer.ok) return feedback.fail(answer.error)
    feedback.say(`Added ${answer.value.name}`)
    await router.push(`/providers/${answer.value.id}`)
  }

  return { itemsFor, run, asCurl, asked }
}
