import type { Fault, FaultEffect } from '#shared/simulator.ts'

export interface FaultPreset {
  key: string
  label: string
  share: number
  effect: FaultEffect
}

/** What one most often wants to see, in one click; for every vendor and number. */
export const faultPresets: FaultPreset[] = [
  { key: 'down', label: 'Down', share: 100, effect: { kind: 'drop' } },
  { key: 'slow', label: 'Slow (3 s)', share: 100, effect: { kind: 'latency', ms: 3000 } },
  { key: '429', label: '429', share: 100, effect: { kind: 'answer', answer: 'rateLimited' } },
  { key: 'errors', label: 'Server errors', share: 100, effect: { kind: 'answer', answer: 'serverError' } },
  { key: 'half', label: 'Half fail', share: 50, effect: { kind: 'answer', answer: 'serverError' } },
]

export function faultOf({ share, effect }: Pick<FaultPreset, 'share' | 'effect'>): Fault {
  return { id: crypto.randomUUID(), enabled: true, vendor: null, number: null, share, effect }
}

export function isPreset({ share, effect }: FaultPreset, fault: Fault): boolean {
  return (
    fault.vendor === null &&
    fault.number === null &&
    fault.share === share &&
    JSON.stringify(fault.effect) === JSON.stringify(effect)
  )
}
