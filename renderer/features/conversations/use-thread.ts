import { onUnmounted, ref, shallowRef, watch } from 'vue'
import type {
  Conversation,
  ConversationCursor,
  ConversationEntry,
  ConversationPart,
} from '#shared/callbacks/conversation.ts'
import { shownState, type MessageSummary } from '#shared/message.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'
import { useTurns } from '../../lib/turns.ts'

const pageSize = 60
/** A page holds so many; of more the newest go when one reads on towards the oldest. */
const mostHeld = 1500
/** Pages that are fetched to close a gap; beyond that the conversation begins anew at its end. */
const mostToMeet = 10

/** What went to a number and came from it, oldest first, and kept up to date. `number`: null while none is chosen. */
export function useThread(number: () => string | null) {
  const entries = shallowRef<readonly ConversationEntry[]>([])
  const about = shallowRef<Conversation | null>(null)
  const failure = ref<Failure | null>(null)
  const older = ref(false)
  /** The newest were let go: what is listed ends before them. */
  const cutOff = ref(false)
  const fetching = ref(false)
  let cursor: ConversationCursor | null = null
  let begun = 0

  const ask = (wanted: string, from: ConversationCursor | null): Promise<Answer<ConversationPart>> =>
    call('conversations.get', { number: wanted, cursor: from, limit: pageSize })

  async function begin(): Promise<void> {
    begun += 1
    const turn = begun
    const wanted = number()
    if (wanted === null) return
    const answer = await ask(wanted, null)
    if (turn !== begun) return
    failure.value = answer.ok ? null : answer.error
    if (answer.ok) show(answer.value)
  }

  function show(part: ConversationPart): void {
    entries.value = part.entries
    about.value = part.about
    older.value = part.more
    cursor = part.cursor
    cutOff.value = false
  }

  async function loadOlder(): Promise<void> {
    const [turn, wanted] = [begun, number()]
    if (fetching.value || !older.value || wanted === null) return
    fetching.value = true
    const answer = await ask(wanted, cursor)
    fetching.value = false
    if (turn !== begun) return
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    const { entries: page, more, cursor: at } = answer.value
    const all = [...page, ...entries.value]
    if (all.length > mostHeld) cutOff.value = true
    entries.value = all.slice(0, mostHeld)
    older.value = more
    cursor = at
  }

  /** Brings the end up to date; what stands above it stays. */
  async function look(): Promise<void> {
    const [turn, wanted] = [begun, number()]
    if (wanted === null) return
    let page: ConversationEntry[] = []
    let from: ConversationCursor | null = null
    for (let tries = 0; ; tries += 1) {
      const answer = await ask(wanted, from)
      if (turn !== begun || !answer.ok) return
      if (from === null) about.value = answer.value.about
      if (cutOff.value) return
      page = [...answer.value.entries, ...page]
      from = answer.value.cursor
      const first = page[0]
      const meets = !answer.value.more || entries.value.some(({ id }) => id === first?.id)
      if (meets) break
      if (tries >= mostToMeet || entries.value.length === 0) return show(answer.value)
    }
    const first = page[0]
    const meeting = entries.value.findIndex(({ id }) => id === first?.id)
    entries.value = meeting < 0 ? page : [...entries.value.slice(0, meeting), ...page]
  }
  const turns = useTurns(look)

  function change(message: MessageSummary): void {
    if (message.to !== number()) return
    const state = shownState(message)
    if (
      entries.value.some((one) => one.messageId === message.id && one.state !== null && one.state !== state)
    )
      entries.value = entries.value.map((one) =>
        one.messageId === message.id && one.state !== null ? { ...one, state } : one,
      )
    turns.ask(false)
  }

  const ends = [
    onEvent('conversations.changed', (event) => {
      if (event.number === number() || event.number === null) turns.ask(true)
    }),
    onEvent('message.changed', change),
    onEvent('callbacks.changed', () => turns.ask(false)),
    onEvent('host.resync', () => turns.ask(true)),
  ]
  onUnmounted(() => ends.forEach((end) => end()))

  watch(
    number,
    () => {
      entries.value = []
      about.value = null
      older.value = false
      void begin()
    },
    { immediate: true },
  )
  return { entries, about, failure, older, cutOff, fetching, begin, loadOlder }
}
