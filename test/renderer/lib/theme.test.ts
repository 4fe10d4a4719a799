import { expect, test } from 'vitest'
import { overrides } from '../../../renderer/lib/theme.ts'

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)

function luminance(colour: number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Of a text in a colour on a button that is filled with a little of it, as the presets of faults are. */
function contrast(text: string, page: string, share: number): number {
  const [ink, ground] = [channels(text), channels(page)]
  const filled = ground.map((value, at) => value * (1 - share) + (ink[at] ?? 0) * share)
  const [one, other] = [luminance(ink), luminance(filled)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

test.each(['light', 'dark'] as const)('what warns can be read on its own tint in the %s theme', (theme) => {
  const { common } = overrides[theme]
  const page = common?.bodyColor ?? ''
  for (const [colour, share] of [
    [common?.warningColor, 0.16],
    [common?.warningColorHover, 0.22],
    [common?.warningColorPressed, 0.28],
  ] as const)
    expect(contrast(colour ?? '#f0a020', page, share)).toBeGreaterThan(4.5)
})
