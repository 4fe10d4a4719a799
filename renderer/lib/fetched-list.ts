import { ref, type Ref } from 'vue'
import type { Answer, Failure } from './failure.ts'

/** A list that is fetched whole: first when somebody wants it, and again when something in it may have changed. */
export function fetchedList<T>(fetch: () => Promise<Answer<T[]>>) {
  const list = ref([]) as Ref<T[]>
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  let loading: Promise<void> | undefined
  let stale = false

  /** Changes that come while a list is on its way ask for one more, never for many. */
  function load(): Promise<void> {
    if (loading) {
      stale = true
      return loading
    }
    loading = take().finally(() => {
      loading = undefined
      if (!stale) return
      stale = false
      void load()
    })
    return loading
  }

  /** What was there stays where it cannot be fetched anew. */
  async function take(): Promise<void> {
    const answer = await fetch()
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    loaded.value = true
    list.value = answer.value
  }

  /** Fetches anew what somebody has wanted before. */
  function again(): void {
    if (loaded.value) void load()
  }

  /** Hands on the answer to a change, with the list as the change left it. */
  async function refreshed<A>(answer: Answer<A>): Promise<Answer<A>> {
    if (answer.ok) await load()
    return answer
  }

  return { list, loaded, failure, load, again, refreshed }
}
