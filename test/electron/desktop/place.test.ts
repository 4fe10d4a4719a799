import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPlace, writePlace, type Rectangle } from '../../../electron/desktop/place.ts'

let file: string
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'sms-workbench-test-')), 'window.json')
})
afterEach(() => rmSync(join(file, '..'), { recursive: true }))

const screens: Rectangle[] = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: -1280, y: 0, width: 1280, height: 1024 },
]
const first = { x: null, y: null, width: 1280, height: 800, maximised: false }
const keep = (place: unknown) => writeFileSync(file, JSON.stringify(place))

describe('the window’s place', () => {
  it('is the one that was written', () => {
    writePlace(file, { x: -1000, y: 100, width: 1000, height: 700 }, true)
    expect(readPlace(file, screens)).toEqual({ x: -1000, y: 100, width: 1000, height: 700, maximised: true })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ maximised: true })
  })

  it.each([
    ['beyond the right edge', { x: 1900, y: 0 }],
    ['on a screen that has gone', { x: 2500, y: 100 }],
    ['above the screens', { x: 0, y: -300 }],
    ['below the screens', { x: 0, y: 1070 }],
  ])('keeps its size and loses its position when that is %s', (_name, position) => {
    keep({ ...position, width: 1000, height: 700 })
    expect(readPlace(file, screens)).toEqual({ x: null, y: null, width: 1000, height: 700, maximised: false })
  })

  it('keeps a position from which the title bar can still be grasped', () => {
    keep({ x: 1700, y: 900, width: 1000, height: 700 })
    expect(readPlace(file, screens)).toMatchObject({ x: 1700, y: 900 })
  })

  it('is never smaller than the pages bear', () => {
    keep({ x: 0, y: 0, width: 10, height: 10 })
    expect(readPlace(file, screens)).toMatchObject({ width: 900, height: 600 })
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"width":"1000","height":700}',
    '{"width":1e99,"height":700}',
    '{"x":1}',
  ])('is that of a first start when the file holds %s', (content) => {
    writeFileSync(file, content)
    expect(readPlace(file, screens)).toEqual(first)
  })

  it('is that of a first start when there is no file', () => {
    expect(readPlace(file, screens)).toEqual(first)
  })
})
