import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { round } from './median.ts'
import type { Figure } from './run.ts'

const out = join(import.meta.dirname, '../../out')

/** What is built, in kilobytes; the page also as a browser would load it. */
export function benchBundles(): Record<string, Figure> {
  const page = contents('renderer', /\.(js|css|html)$/)
  return {
    'bundle.main': kilobytes(sum(contents('main', /^(?!catalogue[/\\]).*\.js$/))),
    // Data, a chunk for each vendor, none of which is read at the start.
    'bundle.catalogue': kilobytes(sum(contents('main/catalogue', /\.js$/))),
    'bundle.preload': kilobytes(sum(contents('preload', /\.cjs$/))),
    'bundle.page': kilobytes(sum(page)),
    'bundle.page.gzip': kilobytes(page.reduce((total, file) => total + gzipSync(file).length, 0)),
  }
}

function contents(folder: string, pattern: RegExp): Buffer[] {
  return readdirSync(join(out, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => readFileSync(join(out, folder, name)))
}

const sum = (files: Buffer[]) => files.reduce((total, file) => total + file.length, 0)

function kilobytes(bytes: number): Figure {
  return { value: round(bytes / 1000, 1), unit: 'kB', yardstick: 'none' }
}
