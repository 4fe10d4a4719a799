import {
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartConfiguration,
} from 'chart.js'
import { formatDuration } from '../../../lib/format.ts'
import type { ChartModel, ChartUnit } from './chart-model.ts'
import { pointTicks } from './point-ticks.ts'
import type { ThemeColours } from './theme-colours.ts'

Chart.register(CategoryScale, LinearScale, LineController, LineElement, PointElement)

export type LineChart = Chart<'line', (number | null)[], string>

export interface Drawing {
  model: ChartModel
  hidden: ReadonlySet<string>
  colours: ThemeColours
}

const plain = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
/** From here on whole numbers do not fit beside the scale. */
const longNumber = 100_000
/** Room for the figures at the left: the same for all charts, so that days stand below each other. */
const scaleWidth = 46
/** With more points than this to 100 pixels, not each gets its shape. */
const shapesPerHundred = 10
/** With more points than this lines are thinner. */
const manyPoints = 120

/** Starts a chart on a canvas. It follows its parent's size, and moves nothing. */
export function startChart(canvas: HTMLCanvasElement, onLayout: (chart: LineChart) => void): LineChart {
  const config: ChartConfiguration<'line', (number | null)[], string> = {
    type: 'line',
    data: { labels: [], datasets: [] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 8, right: 12 } },
    },
    plugins: [{ id: 'layout', afterLayout: (chart) => onLayout(chart as LineChart) }],
  }
  return new Chart(canvas, config)
}

/** The same for a picture: at a fixed size in CSS pixels, twice as fine. */
export function startPicture(canvas: HTMLCanvasElement, fineness: number): LineChart {
  return new Chart(canvas, {
    type: 'line',
    data: { labels: [], datasets: [] },
    options: {
      animation: false,
      responsive: false,
      maintainAspectRatio: false,
      devicePixelRatio: fineness,
      events: [],
      layout: { padding: { top: 8, right: 12 } },
    },
  } satisfies ChartConfiguration<'line', (number | null)[], string>)
}

/** Draws what is there now, without motion. */
export function draw(chart: LineChart, { model, hidden, colours }: Drawing): void {
  const { points, series } = model
  const line = points.length > manyPoints ? 1.25 : 1.75
  chart.data.labels = points.map(({ key }) => key)
  chart.data.datasets = series.map(({ key, label, look, values }) => ({
    label,
    data: [...values],
    hidden: hidden.has(key),
    borderColor: colours[look.ink],
    backgroundColor: colours.surface,
    borderWidth: line,
    borderDash: [...look.dashes],
    pointStyle: look.point,
    pointRadius: ({ dataIndex }: { dataIndex: number }) => pointRadius(chart, dataIndex, points.length),
    pointBackgroundColor: colours[look.ink],
    pointBorderWidth: 0,
    spanGaps: false,
    tension: 0,
    clip: false as const,
  }))
  chart.options.scales = scalesOf(model, colours)
  chart.update('none')
}

/** Lines that are too dense for a shape at each point keep some, so that they are told apart by them all the same. */
function pointRadius(chart: LineChart, index: number, count: number): number {
  const most = Math.max(2, (chart.width / 100) * shapesPerHundred)
  const every = Math.ceil(count / most)
  return index % every === Math.floor(every / 2) ? 3 : 0
}

function scalesOf(
  { points, series, unit, most = highestShare(unit, series) }: ChartModel,
  colours: ThemeColours,
) {
  const keys = points.map(({ key }) => key)
  const names = new Map<number, string>()
  const font = { size: 11, family: colours.font }
  return {
    x: {
      type: 'category' as const,
      offset: keys.length === 1,
      grid: { display: false, tickColor: colours.line, tickLength: 4, drawTicks: true },
      border: { color: colours.strong },
      ticks: {
        autoSkip: false,
        maxRotation: 0,
        font,
        color: colours.muted,
        callback: (value: string | number) => names.get(Number(value)) ?? '',
      },
      afterBuildTicks: (scale: { width: number; chart: { width: number }; ticks: { value: number }[] }) => {
        const found = pointTicks(keys, scale.chart.width - scaleWidth)
        names.clear()
        for (const { index, label } of found) names.set(index, label)
        scale.ticks = found.map(({ index }) => ({ value: index }))
      },
    },
    y: {
      type: 'linear' as const,
      beginAtZero: true,
      suggestedMax: unit === 'count' ? 4 : 1,
      ...(most === undefined ? { grace: '4%' as const } : { max: most }),
      grid: { color: colours.line, drawTicks: false },
      border: { display: false },
      afterFit: (scale: { width: number }) => {
        scale.width = scaleWidth
      },
      ticks: {
        maxTicksLimit: 6,
        padding: 6,
        font,
        color: colours.muted,
        ...(unit === 'count' && { precision: 0 }),
        callback: (value: string | number) => axisWords(Number(value), unit),
      },
    },
  }
}

/** Where a rate comes near to all, its scale ends there; there is more only where clicks come without a receipt. */
function highestShare(unit: ChartUnit, series: ChartModel['series']): number | undefined {
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)))
  return unit === 'percent' && highest > 60 && highest <= 100 ? 100 : undefined
}

function axisWords(value: number, unit: ChartUnit): string {
  if (unit === 'percent') return `${plain.format(value)} %`
  if (unit === 'milliseconds') return formatDuration(value)
  return (value < longNumber ? plain : compact).format(value)
}
