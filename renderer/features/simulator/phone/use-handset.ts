import { onUnmounted, ref, shallowRef, watch } from 'vue'
import type { OptOut } from '#shared/callbacks/conversation.ts'
import type { PhoneEntry } from '#shared/simulator-phone.ts'
import { call, onEvent } from '../../../lib/api.ts'
import type { Answer, Failure } from '../../../lib/failure.ts'
import { useTurns } from '../../../lib/turns.ts'

const pageSize = 50
/** Entries that are brought up to date at once. */
const mostAtOnce = 200

/** What one number received and sent back, oldest first, and kept up to date. */
export function useHandset(number: () => string) {
  const entries = shallowRef<readonly PhoneEntry[]>([])
  const older = ref(false)
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  /** Whether the workbench has the number as opted out. */
  const optOut = shallowRef<OptOut | null>(null)
  let fetching = false

  async function look(): Promise<void> {
    const wanted = number()
    const limit = Math.min(mostAtOnce, Math.max(pageSize, entries.value.length))
    const [answer, known] = await Promise.all([
      call('phone.thread', { number: wanted, before: null, limit }),
      call('conversations.get', { number: wanted, cursor: null, limit: 1 }),
    ])
    if (wanted !== number()) return
    if (known.ok) optOut.value = known.value.about.optedOut
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    const { entries: page, more } = answer.value
    const meeting = entries.value.findIndex(({ id }) => id === page[0]?.id)
    entries.value = meeting < 0 ? page : [...entries.value.slice(0, meeting), ...page]
    if (meeting <= 0) older.value = more
    loaded.value = true
  }
  const turns = useTurns(look)

  async function loadOlder(): Promise<void> {
    const [wanted, first] = [number(), entries.value[0]]
    if (fetching || !older.value || !first) return
    fetching = true
    const answer = await call('phone.thread', { number: wanted, before: first.id, limit: pageSize })
    fetching = false
    if (wanted !== number() || !answer.ok || entries.value[0]?.id !== first.id) return
    entries.value = [...answer.value.entries, ...entries.value]
    older.value = answer.value.more
  }

  /** Shows at once what a reply, a click or another try made. */
  function taken(answer: Answer<PhoneEntry>): Failure | null {
    if (!answer.ok) return answer.error
    const entry = answer.value
    const isKnown = entries.value.some(({ id }) => id === entry.id)
    entries.value = isKnown
      ? entries.value.map((one) => (one.id === entry.id ? entry : one))
      : [...entries.value, entry]
    turns.ask(false)
    return null
  }
  const reply = async (text: string) => taken(await call('phone.reply', { number: number(), text, to: null }))
  const click = async (id: string, url: string) => taken(await call('phone.click', { id, url }))
  const postAgain = async (id: string, postId: string) => taken(await call('phone.postAgain', { id, postId }))

  const isMine = (event: { number: string | null }) => event.number === null || event.number === number()
  const ends = [
    onEvent('phone.changed', (event) => isMine(event) && turns.ask(false)),
    onEvent('conversations.changed', (event) => isMine(event) && turns.ask(true)),
    onEvent('host.resync', () => turns.ask(true)),
  ]
  onUnmounted(() => ends.forEach((end) => end()))
  watch(
    number,
    () => {
      entries.value = []
      loaded.value = false
      optOut.value = null
      void look()
    },
    { immediate: true },
  )
  return { entries, older, loaded, failure, optOut, look, loadOlder, reply, click, postAgain }
}
