import { z } from 'zod'

const milliseconds = (most: number) =>
  z
    .number()
    .int('Enter whole milliseconds.')
    .min(50, 'Enter at least 50 ms.')
    .max(most, `Enter at most ${most} ms.`)

/** Each phase of an attempt has a time-out of its own, shown by name when it fires. Milliseconds. */
export const timeoutsSchema = z.object({
  /** Name look-up and TCP connection together. */
  connectMs: milliseconds(60_000),
  tlsMs: milliseconds(60_000),
  firstByteMs: milliseconds(120_000),
  totalMs: milliseconds(180_000),
})
export type Timeouts = z.infer<typeof timeoutsSchema>
export type TimeoutName = 'connect' | 'tls' | 'first byte' | 'total'

export const defaultTimeouts: Timeouts = {
  connectMs: 3000,
  tlsMs: 5000,
  firstByteMs: 10_000,
  totalMs: 15_000,
}
