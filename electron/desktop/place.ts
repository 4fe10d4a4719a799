import { readFileSync } from 'node:fs'
import { writeFileDurably } from '../durable-file.ts'

export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** Where the window stood, and whether it filled the screen; null coordinates leave the place to the system. */
export interface Place {
  x: number | null
  y: number | null
  width: number
  height: number
  maximised: boolean
}

export const smallest = { width: 900, height: 600 }
const first: Place = { x: null, y: null, width: 1280, height: 800, maximised: false }

// Enough of the title bar to get hold of the window.
const graspable = { width: 120, height: 40 }

/** The remembered place, mended to lie on a screen that is there now; monitors come and go between two starts. */
export function readPlace(file: string, screens: Rectangle[]): Place {
  const kept = parsePlace(file)
  if (!kept) return first
  const width = Math.max(kept.width, smallest.width)
  const height = Math.max(kept.height, smallest.height)
  const visible =
    kept.x !== null && kept.y !== null && screens.some((screen) => canGrasp(screen, kept.x!, kept.y!, width))
  return { ...kept, width, height, x: visible ? kept.x : null, y: visible ? kept.y : null }
}

export function writePlace(file: string, bounds: Rectangle, maximised: boolean): void {
  const { x, y, width, height } = bounds
  writeFileDurably(file, `${JSON.stringify({ x, y, width, height, maximised })}\n`)
}

function canGrasp(screen: Rectangle, x: number, y: number, width: number): boolean {
  const overlap = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  const bottom = screen.y + screen.height - graspable.height
  return overlap >= graspable.width && y >= screen.y && y <= bottom
}

/** Null for a file that is missing, damaged or of another shape: the window then opens where a first one does. */
function parsePlace(file: string): Place | null {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    const { x, y, width, height } = found
    if (!isPixels(width) || !isPixels(height)) return null
    const position = isPixels(x) && isPixels(y) ? { x, y } : { x: null, y: null }
    return { ...position, width, height, maximised: found['maximised'] === true }
  } catch {
    return null
  }
}

function isPixels(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 100_000
}
