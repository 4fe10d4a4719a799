import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { PhonePost } from '#shared/simulator-phone.ts'
import { call, onEvent } from '../../lib/api.ts'

/** What the simulator sent back for one of its requests, as it goes on. */
export function useRequestPosts(id: Readonly<Ref<string>>): Readonly<Ref<readonly PhonePost[]>> {
  const posts = shallowRef<readonly PhonePost[]>([])

  async function load(): Promise<void> {
    const asked = id.value
    const answer = await call('simulator.posts', { id: asked })
    if (answer.ok && asked === id.value) posts.value = answer.value
  }

  watch(
    id,
    () => {
      posts.value = []
      void load()
    },
    { immediate: true },
  )
  onScopeDispose(onEvent('phone.changed', () => void load()))
  return posts
}
