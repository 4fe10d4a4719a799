/** Where a chart's lines stand in its box, in CSS pixels. */
export interface PlotArea {
  top: number
  bottom: number
  left: number
  right: number
  /** Of each point, from the left. */
  places: readonly number[]
}

export const noArea: PlotArea = { top: 0, bottom: 0, left: 0, right: 0, places: [] }
