import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useDebounceFn } from '@vueuse/core'
import { queryWith, shownOf } from './callback-filter.ts'

/** Milliseconds without a key after which a search begins. */
const typingPause = 150

/** What is typed into the search box, which stands in the page's address. The letters of a search are one step back. */
export function useSearch() {
  const route = useRoute()
  const router = useRouter()
  const inAddress = computed(() => shownOf(route.query).search)
  const typed = ref(inAddress.value)
  /** Steps of one's own typing that are on their way: they must not put back what was typed since. */
  let own = 0

  const search = useDebounceFn(async () => {
    const before = inAddress.value.trim()
    const wanted = typed.value.trim()
    if (!route.path.startsWith('/callbacks') || wanted === before) return
    const query = queryWith(route.query, { ...shownOf(route.query), search: wanted })
    own += 1
    await ((before === '') === (wanted === '') ? router.replace({ query }) : router.push({ query }))
    own -= 1
  }, typingPause)

  watch(typed, search)
  watch(
    inAddress,
    (text) => {
      if (own === 0 && text.trim() !== typed.value.trim()) typed.value = text
    },
    { flush: 'sync' },
  )
  return typed
}
