import { ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { Copy, History, Send, SlidersHorizontal, Star, Terminal } from '@lucide/vue'
import type { ProviderSummary } from '#shared/provider.ts'
import { useFeedback } from '../../ui/feedback.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { testHistoryOf } from '../messages/message-filter.ts'
import { useProviders } from './providers-store.ts'

function itemsFor({ isDefault }: ProviderSummary): MenuItem[] {
  return [
    { key: 'edit', label: 'Edit settings', icon: SlidersHorizontal },
    { key: 'send', label: 'Send Test SMS', icon: Send },
    { key: 'default', label: 'Mark as Default', icon: Star, disabled: isDefault },
    { key: 'duplicate', label: 'Duplicate', icon: Copy },
    { key: 'curl', label: 'Copy as cURL', icon: Terminal },
    { key: 'history', label: 'Test history', icon: History },
  ]
}

/** What the ellipsis and the right click beside a provider offer. */
export function useProviderActions() {
  const providers = useProviders()
  const feedback = useFeedback()
  const router = useRouter()
  const route = useRoute()
  /** The provider whose command is shown. */
  const asCurl = ref<ProviderSummary | null>(null)

  async function run(key: string, provider: ProviderSummary): Promise<void> {
    if (key === 'edit') await router.push(`/providers/${provider.id}`)
    else if (key === 'send')
      await router.push({ path: route.path, query: { ...route.query, send: provider.id } })
    else if (key === 'default') await markAsDefault(provider)
    else if (key === 'duplicate') await duplicate(provider)
    else if (key === 'curl') asCurl.value = provider
    else if (key === 'history') await router.push(testHistoryOf(provider.id))
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

  return { itemsFor, run, asCurl }
}
