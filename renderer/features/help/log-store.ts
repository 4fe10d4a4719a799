import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { LogLine } from '#shared/app-info.ts'
import { call } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'

const lineCount = 500

export const useLog = defineStore('log', () => {
  const lines = ref<LogLine[]>([])
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)

  async function load(): Promise<void> {
    const answer = await call('logs.tail', { lines: lineCount })
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    lines.value = answer.value
    loaded.value = true
  }

  return { lines, loaded, failure, load }
})
