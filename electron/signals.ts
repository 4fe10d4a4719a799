import type { Log } from './log.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Closes in order at the first signal and exits; at a second one, exits at once. */
export function closeOnSignal(close: () => Promise<void>, log: Log): void {
  let closing = false
  for (const signal of signals) {
    process.on(signal, () => {
      if (closing) process.exit(130)
      closing = true
      log.info('Closing', { signal })
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('Closing failed', { error })
          process.exit(1)
        },
      )
    })
  }
}
