import type { Timings } from '#shared/attempt.ts'

export interface TimingBar {
  label: string
  /** What the phase covers, for whoever hovers. */
  meaning: string
  from: number
  ms: number
}

const phases = [
  ['DNS', 'dns', 'The host’s name is looked up.'],
  ['Connect', 'connect', 'The TCP connection is made.'],
  ['Proxy', 'tunnel', 'The proxy opens the way to the host.'],
  ['TLS', 'tls', 'The secure connection is agreed on.'],
  ['Waiting', 'firstByte', 'From the first byte of the request to the first byte of the answer.'],
  ['Download', 'download', 'From the first byte of the answer to its last.'],
] as const

/** The phases one after another, as a waterfall; those that did not happen are left out. */
export function timingBars(timings: Timings): TimingBar[] {
  const bars: TimingBar[] = []
  let from = 0
  for (const [label, key, meaning] of phases) {
    const ms = timings[key]
    if (ms === null || ms === undefined) continue
    bars.push({ label, meaning, from, ms })
    from += ms
  }
  return bars
}
