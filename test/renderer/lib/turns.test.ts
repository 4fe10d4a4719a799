import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useTurns } from '../../../renderer/lib/turns.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('the first is done at once, and then once for all that ask within a pause', async () => {
  let done = 0
  const { ask } = useTurns(async () => void (done += 1))
  ask(false)
  expect(done).toBe(1)
  await vi.advanceTimersByTimeAsync(100)
  for (let again = 0; again < 5; again += 1) ask(false)
  expect(done).toBe(1)
  await vi.advanceTimersByTimeAsync(500)
  expect(done).toBe(2)
})

test('who cannot wait is served at once, and whoever asks while it is done is served by one more', async () => {
  const goOn: (() => void)[] = []
  const { ask } = useTurns(() => new Promise<void>((resolve) => goOn.push(resolve)))
  ask(false)
  ask(true)
  ask(true)
  expect(goOn).toHaveLength(1)
  goOn[0]?.()
  await vi.advanceTimersByTimeAsync(500)
  expect(goOn).toHaveLength(2)
  goOn[1]?.()
  await vi.advanceTimersByTimeAsync(0)
  ask(true)
  expect(goOn).toHaveLength(3)
})

test('nothing is done any more for a page that was left', async () => {
  let done = 0
  const scope = effectScope()
  const turns = scope.run(() => useTurns(async () => void (done += 1)))
  turns?.ask(false)
  await vi.advanceTimersByTimeAsync(0)
  turns?.ask(false)
  scope.stop()
  await vi.advanceTimersByTimeAsync(1000)
  turns?.ask(true)
  expect(done).toBe(1)
})
