import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useDebounceFn } from '@vueuse/core'
import { filterOf, queryWith, type MessageFilter } from '../message-filter.ts'

/** Milliseconds without a key after which a search begins. */
const typingPause = 150

/** The filter in the page's address. Each change of it is a step that Back undoes; the letters of a search are one step. */
export function useLogAddress() {
  const route = useRoute()
  const router = useRouter()
  const filter = computed(() => filterOf(route.query))
  /** As it stands in its box. */
  const typed = ref(filter.value.search)

  const show = (wanted: MessageFilter) => router.push({ query: queryWith(route.query, wanted) })

  /** Steps of one's own typing that are on their way: they must not put back what was typed since. */
  let own = 0

  const search = useDebounceFn(async () => {
    const { search: before } = filter.value
    if (route.path !== '/messages' || typed.value.trim() === before.trim()) return
    const query = queryWith(route.query, { ...filter.value, search: typed.value })
    const begins = (before === '') !== (typed.value.trim() === '')
    own += 1
    await (begins ? router.push({ query }) : router.replace({ query }))
    own -= 1
  }, typingPause)
  watch(typed, search)
  // Back, a link and a saved filter change it, too. At once, while it is known whose step it was.
  watch(
    () => filter.value.search,
    (text) => {
      if (own === 0 && text.trim() !== typed.value.trim()) typed.value = text
    },
    { flush: 'sync' },
  )
  return { filter, typed, show }
}
