import { getCurrentScope, onScopeDispose } from 'vue'

/** Milliseconds between two turns that nobody waits for. */
const usualPause = 500

/**
 * Work that is asked for often and done now and then: at once the first time, then once for all that asked meanwhile. What
 * still waits when the page that asked is left is not done.
 */
export function useTurns(work: () => Promise<void>, pause = usualPause) {
  let running = false
  let again = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = -Infinity
  let ended = false
  if (getCurrentScope())
    onScopeDispose(() => {
      ended = true
      clearTimeout(timer)
    })

  /** `now`: without waiting for the pause to end. */
  function ask(now: boolean): void {
    if (ended) return
    if (running) {
      again = true
      return
    }
    const left = now ? 0 : last + pause - performance.now()
    if (left <= 0) void run()
    else timer ??= setTimeout(() => void run(), left)
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    running = true
    await work()
    running = false
    last = performance.now()
    if (!again) return
    again = false
    ask(false)
  }

  return { ask }
}
