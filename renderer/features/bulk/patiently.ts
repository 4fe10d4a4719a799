import type { Answer } from '../../lib/failure.ts'

const tries = 20
const pauseMs = 500

/** Asks again while the workbench is away for a moment; for what may be asked twice. */
export async function patiently<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let left = tries; ; left -= 1) {
    const answer = await ask()
    if (answer.ok || answer.error.code !== 'connection_lost' || left === 0) return answer
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
