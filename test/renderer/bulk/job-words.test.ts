import { expect, it } from 'vitest'
import type { BulkJob } from '#shared/bulk.ts'
import {
  cancelQuestion,
  costWords,
  deleteQuestion,
  reasonOf,
  shareDone,
  speedWords,
  startQuestion,
  wordsOfJob,
} from '../../../renderer/features/bulk/job-words.ts'
import { resultFileName } from '../../../renderer/features/bulk/save-results.ts'

const job: BulkJob = {
  id: 'a',
  name: 'Trial',
  state: 'running',
  target: { kind: 'saved', id: 'p' },
  targetName: 'Gateway',
  text: 'Hello',
  test: false,
  perSecond: 20,
  createdAt: 0,
  startedAt: null,
  finishedAt: null,
  messages: 1000,
  refused: 0,
  segments: 1200,
  sent: 500,
  failed: 100,
  cancelled: 0,
  sending: 4,
  failures: [],
  trouble: null,
  speed: 19.6,
  leftMs: 20_000,
  resumedAt: null,
}
const view = { name: 'Gateway', providers: ['Gateway'], asked: [], simulated: 'none' as const, prices: null }

it('counts what was tried, and calls nothing whole that is not', () => {
  expect(shareDone(job)).toBe(60)
  expect(shareDone({ ...job, sent: 899, failed: 100 })).toBe(99)
  expect(shareDone({ ...job, sent: 30, failed: 0, cancelled: 970 })).toBe(3)
  expect(wordsOfJob({ ...job, state: 'done' }).word).toBe('Done, 100 not sent')
  expect(wordsOfJob({ ...job, state: 'paused', trouble: 'Archived.' }).word).toBe('Stopped by itself')
})

it('tells the speed beside the rate that is set', () => {
  expect(speedWords(job)).toBe('20 a second of at most 20')
  expect(speedWords({ speed: 0.125, perSecond: null })).toBe('0.13 a second')
  expect(speedWords({ speed: null, perSecond: 5 })).toBe('')
})

it('asks before real messages go out, and says what they are', () => {
  const prices = { currency: 'USD', low: 0.01, high: 0.02 }
  const { title, text } = startQuestion(job, { ...view, prices })
  expect(title).toBe('Send 1,000 real messages?')
  expect(text).toContain('through Gateway')
  expect(text).toMatch(/1,200 segments, about .*12.* to .*24.*, at least 50\.0 s/)
  expect(startQuestion(job, { ...view, simulated: 'some' }).text).toMatch(
    /^Some of them may go to the simulator/,
  )
  expect(costWords(3, null)).toBe('')
})

it('says what stays unsent, and what goes with it', () => {
  expect(cancelQuestion(job).text).toBe(
    '396 messages will not be sent, and cannot be started again. 4 messages on the way will be finished.',
  )
  expect(deleteQuestion({ ...job, sending: 0, cancelled: 399, failed: 100 }).text).toContain(
    '400 messages that were',
  )
  expect(reasonOf({ state: 'cancelled', code: 'cancelled_before_sending', count: 1 })).toBe('Not sent')
  expect(reasonOf({ state: 'failed', code: null, count: 1 })).toBe('No reason given')
})

it('names the result after the file, as every system takes it', () => {
  expect(resultFileName('a/b: c?.csv')).toBe('a b  c result.csv')
  expect(resultFileName('.csv')).toBe('Bulk test result.csv')
})
