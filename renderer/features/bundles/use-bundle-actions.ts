import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { FolderOpen, RotateCw, Trash2 } from '@lucide/vue'
import type { BundleSummary } from '#shared/bundle/bundle-commands.ts'
import { useFeedback } from '../../ui/feedback.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { useBundles } from './bundles-store.ts'

/** What can be done with a bundle that was opened. `replaying`: the one that is asked about. */
export function useBundleActions() {
  const bundles = useBundles()
  const feedback = useFeedback()
  const router = useRouter()
  const replaying = ref<string | null>(null)

  function itemsFor({ obstacle }: BundleSummary): MenuItem[] {
    return [
      { key: 'open', label: 'Open', icon: FolderOpen, hint: 'Enter' },
      { key: 'replay', label: 'Replay…', icon: RotateCw, disabled: obstacle !== null },
      { key: 'remove', label: 'Remove', icon: Trash2, hint: 'Del' },
    ]
  }

  async function run(key: string, { id }: Pick<BundleSummary, 'id'>): Promise<void> {
    if (id === null) return
    if (key === 'open') await router.push(`/messages/${id}`)
    else if (key === 'replay') replaying.value = id
    else if (key === 'remove') await remove(id)
  }

  /** Whether it was removed. */
  async function remove(id: string): Promise<boolean> {
    const sure = await feedback.ask({
      title: 'Remove this bundle?',
      text: 'Its recorded message goes. Its providers and the messages of its replays stay.',
      action: 'Remove',
      stay: 'Keep it',
      dangerous: true,
    })
    if (!sure) return false
    const answer = await bundles.remove(id)
    if (answer.ok) feedback.say('The bundle is removed')
    else feedback.fail(answer.error)
    return answer.ok
  }

  return { itemsFor, run, remove, replaying }
}
