import type { ChartModel } from './chart-model.ts'
import { draw, startPicture } from './chart-drawing.ts'
import { blobOf, startSheet, writeHead, type Sheet } from './picture-sheet.ts'
import type { SeriesLook } from './series-looks.ts'
import { themeColours, type ThemeColours } from './theme-colours.ts'

const size = { width: 1120, height: 520 }
const legendHeight = 28

/** A chart as a PNG with its title, what it is of, and its legend, on the page's own ground. */
export async function chartPicture(
  model: ChartModel,
  hidden: ReadonlySet<string>,
  about: string,
): Promise<Blob> {
  const colours = themeColours()
  const sheet = startSheet(size, colours)
  const top = writeHead(sheet, model.title, about)
  const shown = model.series.filter(({ key }) => !hidden.has(key))
  let left = sheet.margin
  for (const { label, look } of shown) left += writeMark(sheet, { left, top, label, look, colours })
  drawLines(sheet, { model, hidden, colours }, top + legendHeight)
  return blobOf(sheet)
}

/** The lines are drawn on a sheet of their own: Chart.js takes the whole of its canvas. */
function drawLines(sheet: Sheet, drawing: Parameters<typeof draw>[1], top: number): void {
  const canvas = document.createElement('canvas')
  const [width, height] = [size.width - 2 * sheet.margin, size.height - top - sheet.margin]
  Object.assign(canvas, { width, height })
  const chart = startPicture(canvas, sheet.fineness)
  chart.resize(width, height)
  draw(chart, drawing)
  sheet.pen.drawImage(canvas, sheet.margin, top, width, height)
  chart.destroy()
}

interface Mark {
  left: number
  top: number
  label: string
  look: SeriesLook
  colours: ThemeColours
}

/** Answers with the width that it took. */
function writeMark({ pen }: Sheet, { left, top, label, look, colours }: Mark): number {
  const middle = top + 8
  pen.save()
  pen.strokeStyle = colours[look.ink]
  pen.fillStyle = colours[look.ink]
  pen.lineWidth = 2
  pen.setLineDash([...look.dashes])
  pen.beginPath()
  pen.moveTo(left, middle)
  pen.lineTo(left + 32, middle)
  pen.stroke()
  pen.fill(shapeAt(look.point, left + 16, middle))
  pen.restore()
  pen.font = `13px ${colours.font}`
  pen.fillStyle = colours.text
  pen.fillText(label, left + 40, middle + 4)
  return 40 + pen.measureText(label).width + 28
}

function shapeAt(point: SeriesLook['point'], x: number, y: number): Path2D {
  const path = new Path2D()
  if (point === 'circle') path.arc(x, y, 4, 0, 2 * Math.PI)
  else if (point === 'rect') path.rect(x - 4, y - 4, 8, 8)
  else {
    const corners =
      point === 'triangle'
        ? [
            [0, -5],
            [5, 4],
            [-5, 4],
          ]
        : [
            [0, -5],
            [5, 0],
            [0, 5],
            [-5, 0],
          ]
    for (const [dx = 0, dy = 0] of corners) path.lineTo(x + dx, y + dy)
    path.closePath()
  }
  return path
}
