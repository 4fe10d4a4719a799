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
