import { formatCount } from '../../../lib/format.ts'
import { blobOf, startSheet, writeHead, type Sheet } from '../chart/picture-sheet.ts'
import { themeColours } from '../chart/theme-colours.ts'
import {
  hourWords,
  mostOf,
  shadeOf,
  shadeRanges,
  shades,
  shortWeekdays,
  type HourFigure,
  type Hours,
} from './hour-cells.ts'

const size = { width: 1120, height: 420 }
const cell = { width: 39, height: 34, gap: 3, left: 74 }

/** The map as a PNG with its title, its counts by shade, and what it is of. */
export function hourPicture(hours: Hours, figure: HourFigure, title: string, about: string): Promise<Blob> {
  const colours = themeColours()
  const sheet = startSheet(size, colours)
  const { pen } = sheet
  const top = writeHead(sheet, title, about) + 18
  const most = mostOf(hours, figure)
  pen.font = `12px ${colours.font}`
  pen.fillStyle = colours.muted
  for (let hour = 0; hour < 24; hour += 3) pen.fillText(hourWords(hour), leftOf(hour), top - 6)
  for (const [day, row] of hours.entries()) {
    const y = top + day * (cell.height + cell.gap)
    pen.fillStyle = colours.muted
    pen.fillText(shortWeekdays[day] ?? '', sheet.margin, y + cell.height / 2 + 4)
    for (const [hour, one] of row.entries())
      fillCell(
        sheet,
        { x: leftOf(hour), y, width: cell.width, height: cell.height },
        shadeOf(one[figure], most),
      )
  }
  writeKey(sheet, most, top + 7 * (cell.height + cell.gap) + 14)
  return blobOf(sheet)
}

const leftOf = (hour: number) => cell.left + hour * (cell.width + cell.gap) - cell.gap

function fillCell(
  { pen, colours }: Sheet,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  shade: number,
): void {
  pen.fillStyle = colours.line
  pen.fillRect(x, y, width, height)
  if (shade === 0) return
  pen.fillStyle = colours.surface
  pen.fillRect(x, y, width, height)
  pen.globalAlpha = 0.16 + (0.84 * (shade - 1)) / (shades - 1)
  pen.fillStyle = colours['--series-1']
  pen.fillRect(x, y, width, height)
  pen.globalAlpha = 1
}

function writeKey(sheet: Sheet, most: number, top: number): void {
  const { pen, colours } = sheet
  let left = cell.left
  for (const { shade, from, to } of shadeRanges(most)) {
    fillCell(sheet, { x: left, y: top, width: 14, height: 14 }, shade)
    pen.fillStyle = colours.text
    const words = from === to ? formatCount(to) : `${formatCount(from)}–${formatCount(to)}`
    pen.fillText(words, left + 20, top + 11)
    left += 20 + pen.measureText(words).width + 24
  }
}
