/** How a series is drawn. Each differs from the others in colour, in its dashes and in the shape of its points. */
export interface SeriesLook {
  /** The token of its colour, of `tokens.css`. */
  ink: '--series-1' | '--series-2' | '--series-3' | '--series-4'
  /** Pixels drawn and left out, by turns; none for a whole line. */
  dashes: readonly number[]
  point: 'circle' | 'triangle' | 'rect' | 'rectRot'
}

export const looks = {
  first: { ink: '--series-1', dashes: [], point: 'circle' },
  second: { ink: '--series-2', dashes: [7, 4], point: 'triangle' },
  third: { ink: '--series-3', dashes: [2, 3], point: 'rect' },
  fourth: { ink: '--series-4', dashes: [9, 3, 2, 3], point: 'rectRot' },
} as const satisfies Record<string, SeriesLook>
