import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { looks } from '../../../renderer/features/stats/chart/series-looks.ts'

const file = readFileSync(new URL('../../../renderer/styles/tokens.css', import.meta.url), 'utf8')
const [lightPart = '', darkPart = ''] = file.split("[data-theme='dark']")
const themes = { light: lightPart, dark: darkPart }

type Triple = [number, number, number]

function token(theme: keyof typeof themes, name: string): Triple {
  const hex = new RegExp(`${name}: #([0-9a-f]{6})`).exec(themes[theme])?.[1] ?? ''
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255
  return [channel(0), channel(2), channel(4)].map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  ) as Triple
}

const times = (rows: number[][], [x, y, z]: Triple) =>
  rows.map(([a = 0, b = 0, c = 0]) => a * x + b * y + c * z) as Triple

/** Whole loss of one kind of cone: Machado, Oliveira and Fernandes, 2009, in linear RGB. */
const sights: Record<string, number[][]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Distance in Oklab, where 0.02 is just seen. */
function distance(one: Triple, other: Triple): number {
  const [a, b] = [oklab(one), oklab(other)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function oklab(linear: Triple): Triple {
  const within = linear.map((value) => Math.min(1, Math.max(0, value))) as Triple
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    within,
  ).map(Math.cbrt) as Triple
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  )
}

const luminance = ([red, green, blue]: Triple) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
function contrast(one: Triple, other: Triple): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const inks = Object.values(looks).map(({ ink }) => ink)
const pairs = inks.flatMap((one, index) => inks.slice(index + 1).map((other) => [one, other] as const))

for (const theme of ['light', 'dark'] as const) {
  test(`each line stands out from the page in the ${theme} theme`, () => {
    for (const ink of inks)
      for (const ground of ['--surface', '--canvas'])
        expect(contrast(token(theme, ink), token(theme, ground)), `${ink} on ${ground}`).toBeGreaterThan(3)
  })

  test.each(Object.keys(sights))(`lines are told apart in the ${theme} theme by eyes with: %s`, (sight) => {
    for (const [one, other] of pairs) {
      const [first, second] = [one, other].map((ink) => times(sights[sight] ?? [], token(theme, ink)))
      expect(distance(first ?? [0, 0, 0], second ?? [0, 0, 0]), `${one} and ${other}`).toBeGreaterThan(0.09)
    }
  })
}

test('each line differs by its dashes and by the shape of its points, too', () => {
  const all = Object.values(looks)
  expect(new Set(all.map(({ dashes }) => dashes.join())).size).toBe(all.length)
  expect(new Set(all.map(({ point }) => point)).size).toBe(all.length)
})
