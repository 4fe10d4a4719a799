import { expect, it } from 'vitest'
import { PatternRun } from '../../../../electron/sending/answer/pattern.ts'

const runaway = '^(?:a+)+$'
const endless = `${'a'.repeat(40)}!`

it('answers with the groups, unmatched ones empty', () => {
  const run = new PatternRun()
  expect(run.match('(\\w)(x)?', ' ab')).toEqual({ kind: 'match', groups: ['a', 'a', ''] })
  expect(run.match('q', 'ab')).toEqual({ kind: 'none' })
  expect(run.match('(', 'ab')).toEqual({ kind: 'invalid' })
})

// Without the limit it would run for longer than the test may.
it('stops a pattern that runs away, and leaves those after it no time', () => {
  const run = new PatternRun()
  expect(run.match(runaway, endless)).toEqual({ kind: 'stopped' })
  expect(run.match(runaway, endless)).toEqual({ kind: 'stopped' })
  expect(run.match('a', 'a')).toEqual({ kind: 'stopped' })
  expect(new PatternRun().match('a', 'a').kind).toBe('match')
})

it('matches on after one was stopped, and stops it again', () => {
  for (let count = 0; count < 5; count += 1) {
    expect(new PatternRun().match(runaway, endless)).toEqual({ kind: 'stopped' })
    expect(new PatternRun().match(runaway, 'aaa').kind).toBe('match')
  }
})

/** A clock of the thread that goes on by so many milliseconds in each attempt, and how often it was read. */
function clockOf(stepMs: number) {
  let reads = 0
  return { busyMs: () => Math.ceil(reads++ / 2) * stepMs, reads: () => reads }
}

it.each([
  [50, 2],
  [30, 4],
  [0, 10],
])('begins a pattern anew when the thread had only %i ms of its time, %i times at most', (stepMs, tries) => {
  const { busyMs, reads } = clockOf(stepMs)
  const run = new PatternRun(busyMs)
  expect(run.match(runaway, endless)).toEqual({ kind: 'stopped' })
  expect(reads()).toBe(tries * 2)
  expect(run.match('a', 'a')).toEqual({ kind: 'stopped' })
})

it('takes nothing off the limit while the thread waits', () => {
  const run = new PatternRun(() => 0)
  for (let count = 0; count < 500; count += 1)
    expect(run.match('b$', `${'a'.repeat(2000)}b`).kind).toBe('match')
})
