import type { TransportError } from './transport-error.ts'

/** A time-out over several steps. */
export interface Deadline {
  race<T>(work: Promise<T>, onTimeout?: () => void): Promise<T>
  clear(): void
}

export function deadline(error: TransportError, ms: number): Deadline {
  let fire: (() => void) | null = null
  const expired = new Promise<never>((_resolve, reject) => {
    fire = () => reject(error)
  })
  expired.catch(() => {})
  const timer = setTimeout(() => fire?.(), ms)
  return {
    race: (work, onTimeout) => {
      if (onTimeout) expired.catch(onTimeout)
      work.catch(() => {})
      return Promise.race([work, expired])
    },
    clear: () => clearTimeout(timer),
  }
}
