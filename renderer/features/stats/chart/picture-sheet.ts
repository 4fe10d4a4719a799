import type { ThemeColours } from './theme-colours.ts'

/** A picture that is being made; `pen` measures in CSS pixels. */
export interface Sheet {
  canvas: HTMLCanvasElement
  pen: CanvasRenderingContext2D
  width: number
  margin: number
  colours: ThemeColours
  /** Pixels of the picture to one of CSS. */
  fineness: number
}

const fineness = 2
const margin = 24

/** An opaque sheet: a picture with a clear ground cannot be read on every slide. */
export function startSheet(size: { width: number; height: number }, colours: ThemeColours): Sheet {
  const canvas = document.createElement('canvas')
  canvas.width = size.width * fineness
  canvas.height = size.height * fineness
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('The browser gives no canvas to draw on.')
  pen.scale(fineness, fineness)
  pen.fillStyle = colours.surface
  pen.fillRect(0, 0, size.width, size.height)
  return { canvas, pen, width: size.width, margin, colours, fineness }
}

/** Title and a line below it. Answers with the height at which the rest begins. */
export function writeHead({ pen, width, colours }: Sheet, title: string, about: string): number {
  const room = width - 2 * margin
  pen.fillStyle = colours.text
  pen.font = `600 18px ${colours.font}`
  pen.fillText(title, margin, margin + 16, room)
  pen.fillStyle = colours.muted
  pen.font = `13px ${colours.font}`
  pen.fillText(about, margin, margin + 38, room)
  return margin + 56
}

/** The picture as a PNG file's bytes. */
export function blobOf({ canvas }: Sheet): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))),
      'image/png',
    )
  })
}
