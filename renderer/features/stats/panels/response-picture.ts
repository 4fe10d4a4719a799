import type { Latency } from '#shared/stats/answer.ts'
import { dash, formatDuration } from '../../../lib/format.ts'
import { blobOf, startSheet, writeHead } from '../chart/picture-sheet.ts'
import { themeColours } from '../chart/theme-colours.ts'

const line = { height: 44, bar: 28, left: 150, end: 110 }

/** Within how long so many percent of the answers came, in words. */
export function percentWords(percent: number): string {
  return percent === 50 ? 'Half (p50)' : `${percent} % (p${percent})`
}

/** The bars as a PNG with their title, their times, and what they are of. */
export function responsePicture(
  { percentiles }: Pick<Latency, 'percentiles'>,
  title: string,
  about: string,
): Promise<Blob> {
  const colours = themeColours()
  const sheet = startSheet({ width: 1120, height: 110 + percentiles.length * line.height }, colours)
  const { pen, width, margin } = sheet
  const top = writeHead(sheet, title, about) + 12
  const longest = Math.max(1, ...percentiles.map(({ ms }) => ms ?? 0))
  const room = width - 2 * margin - line.left - line.end
  pen.font = `13px ${colours.font}`
  for (const [index, { percent, ms }] of percentiles.entries()) {
    const y = top + index * line.height
    const [left, length] = [margin + line.left, (room * (ms ?? 0)) / longest]
    pen.fillStyle = colours.muted
    pen.fillText(percentWords(percent), margin, y + line.bar / 2 + 5)
    pen.fillStyle = colours['--series-1']
    pen.fillRect(left, y, length, line.bar)
    pen.fillStyle = colours.text
    pen.fillText(ms === null ? dash : formatDuration(ms), left + length + 10, y + line.bar / 2 + 5)
  }
  return blobOf(sheet)
}
