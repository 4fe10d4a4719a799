import { ref } from 'vue'
import { defineStore } from 'pinia'
import { sentenceOf } from '../lib/errors.ts'
import type { Failure } from '../lib/failure.ts'
import type { Tone } from './tone.ts'

export interface Notice {
  id: number
  tone: Tone
  text: string
}

export interface Question {
  title: string
  text: string
  /** What the button that goes on says. */
  action: string
  stay: string
  dangerous: boolean
}

const shownFor = 4000

/** Short notices at the foot of the window, and questions that stop what one was about to do. */
export const useFeedback = defineStore('feedback', () => {
  const notices = ref<Notice[]>([])
  const question = ref<Question | null>(null)
  let next = 1
  let answer: ((yes: boolean) => void) | undefined

  function say(text: string, tone: Tone = 'good'): void {
    const id = next++
    notices.value = [...notices.value.slice(-2), { id, tone, text }]
    setTimeout(() => dismiss(id), tone === 'bad' ? shownFor * 2 : shownFor)
  }

  function fail(failure: Failure): void {
    // The banner and the page that asks for the address say these already.
    if (failure.code === 'connection_lost' || failure.code === 'signed_out') return
    say(sentenceOf(failure), 'bad')
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  function ask(asked: Question): Promise<boolean> {
    answer?.(false)
    question.value = asked
    return new Promise((resolve) => (answer = resolve))
  }

  function reply(yes: boolean): void {
    question.value = null
    answer?.(yes)
    answer = undefined
  }

  return { notices, question, say, fail, dismiss, ask, reply }
})
