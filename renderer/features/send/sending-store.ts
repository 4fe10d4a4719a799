import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { MessageStory } from '#shared/message.ts'
import type { SendInput, SendPhase } from '#shared/send-input.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'

export interface Sending {
  key: string
  running: boolean
  cancelling: boolean
  phase: SendPhase | null
  /** Of a group: the attempt that is on its way, and with whom. */
  attempt: { position: number; providerName: string } | null
  startedAt: number
  story: MessageStory | null
  failure: Failure | null
}

/** One message at a time is sent from the panel; its key makes a repeated call harmless. */
export const useSending = defineStore('sending', () => {
  const now = ref<Sending | null>(null)

  async function send(input: SendInput): Promise<void> {
    now.value = {
      key: input.key,
      running: true,
      cancelling: false,
      phase: null,
      attempt: null,
      startedAt: Date.now(),
      story: null,
      failure: null,
    }
    const answer = await call('messages.send', input)
    if (now.value.key !== input.key) return
    now.value = {
      ...now.value,
      running: false,
      story: answer.ok ? answer.value : null,
      failure: answer.ok ? null : answer.error,
    }
  }

  async function cancel(): Promise<Failure | null> {
    const { value } = now
    if (!value?.running) return null
    value.cancelling = true
    const answer = await call('messages.cancel', { key: value.key })
    return answer.ok ? null : answer.error
  }

  function clear(): void {
    if (!now.value?.running) now.value = null
  }

  onEvent('message.phase', ({ key, phase }) => {
    if (now.value?.key === key && now.value.running) now.value.phase = phase
  })

  onEvent('message.changed', ({ id, groupId, attempts, providerName }) => {
    if (groupId === null || now.value?.key !== id || !now.value.running) return
    now.value.attempt = { position: attempts, providerName }
  })

  return { now, send, cancel, clear }
})
