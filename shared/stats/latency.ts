/*
 * Response times are kept as counts by steps, eight for each doubling, so that those of any stretches of time can be added
 * up and a percentile read off the sum.
 */
export const stepsPerDoubling = 8

/** The lowest and highest step: up to 1 ms, and from a quarter of an hour on. */
const lastStep = 160

/** The step of a time in milliseconds. */
export function stepOf(ms: number): number {
  if (!(ms > 1)) return 0
  return Math.min(lastStep, Math.ceil(Math.log2(ms) * stepsPerDoubling - 1e-9))
}

/** Milliseconds: the times of a step are above `from` and up to `to`. */
export function boundsOf(step: number): { from: number; to: number } {
  return {
    from: step === 0 ? 0 : 2 ** ((step - 1) / stepsPerDoubling),
    to: 2 ** (step / stepsPerDoubling),
  }
}

export interface LatencyStep {
  step: number
  count: number
}

/**
 * The time within which so many percent of the answers came: the middle, in proportion, of the step in which the last of
 * them lies. Null without answers. `steps` in order.
 */
export function percentileOf(steps: readonly LatencyStep[], percent: number): number | null {
  const all = steps.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return null
  const wanted = Math.max(1, Math.ceil((percent / 100) * all))
  let passed = 0
  for (const { step, count } of steps) {
    passed += count
    if (passed >= wanted) return middleOf(step)
  }
  return null
}

function middleOf(step: number): number {
  const { from, to } = boundsOf(step)
  return step === 0 ? to / 2 : Math.sqrt(from * to)
}

export const percentiles = [50, 75, 90, 95, 99] as const
