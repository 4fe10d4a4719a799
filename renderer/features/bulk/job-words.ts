import {
  waitingOf,
  type BulkFailure,
  type BulkJob,
  type BulkState,
  type BulkTargetView,
} from '#shared/bulk.ts'
import { formatCount, formatDuration, formatMoney, plural } from '../../lib/format.ts'
import type { Tone } from '../../ui/tone.ts'
import { outcomeBrief } from '../messages/outcome-brief.ts'

export const stateWords: Record<BulkState, { word: string; tone: Tone }> = {
  loading: { word: 'Reading the file', tone: 'running' },
  ready: { word: 'Ready to start', tone: 'quiet' },
  running: { word: 'Running', tone: 'running' },
  paused: { word: 'Paused', tone: 'warn' },
  cancelled: { word: 'Cancelled', tone: 'quiet' },
  done: { word: 'Done', tone: 'good' },
}

/** Some of a job that is done may have failed, and one that stopped by itself wants to be looked at. */
export function wordsOfJob(job: BulkJob): { word: string; tone: Tone } {
  if (job.state === 'done' && job.failed > 0)
    return { word: `Done, ${formatCount(job.failed)} not sent`, tone: 'warn' }
  if (job.state === 'paused' && job.trouble !== null) return { word: 'Stopped by itself', tone: 'warn' }
  return stateWords[job.state]
}

export const throughWords = ({ target, targetName }: Pick<BulkJob, 'target' | 'targetName'>) =>
  target.kind === 'route' ? 'By the number’s country' : targetName

/** Messages that were tried to their end; the cancelled ones were not. */
export const endedOf = ({ sent, failed }: BulkJob) => sent + failed

/** Of all, in per cent; 100 only when all have an outcome. */
export function shareDone(job: BulkJob): number {
  if (job.messages === 0) return 0
  return Math.floor((endedOf(job) / job.messages) * 100)
}

export function speedWords({ speed, perSecond }: Pick<BulkJob, 'speed' | 'perSecond'>): string {
  const most = perSecond === null ? '' : ` of at most ${rateWords(perSecond)}`
  return speed === null ? '' : `${rateWords(speed)} a second${most}`
}

function rateWords(rate: number): string {
  return rate >= 10 ? formatCount(Math.round(rate)) : String(Math.round(rate * 100) / 100)
}

/** As long as it takes at least, where a rate is set. */
export function shortestWords({ messages, perSecond }: Pick<BulkJob, 'messages' | 'perSecond'>): string {
  return perSecond === null ? '' : `at least ${formatDuration((messages / perSecond) * 1000)}`
}

/** Empty where a price is not known. */
export function costWords(segments: number, prices: BulkTargetView['prices'] | undefined): string {
  if (!prices) return ''
  const { low, high, currency } = prices
  const each = [...new Set([low, high])].map((price) => formatMoney(cents(segments * price), currency))
  return `about ${each.join(' to ')}`
}

const cents = (amount: number) => Math.round(amount * 10_000) / 10_000

/** What the messages were sent for in vain, in words and with the link to them. */
export function reasonOf({ code, state }: BulkFailure): string {
  if (code === null) return 'No reason given'
  return state === 'cancelled' && code === 'cancelled_before_sending' ? 'Not sent' : outcomeBrief(code)
}

export function reasonAddress(id: string, { code }: BulkFailure) {
  return { path: '/messages', query: { bulk: id, ...(code && { outcome: code }) } }
}

/** What is asked before real messages go out. */
export function startQuestion(job: BulkJob, view: BulkTargetView | null) {
  const some = view?.simulated === 'some' ? 'Some of them may go to the simulator, the others' : 'They'
  const cost = costWords(job.segments, view?.prices)
  const facts = [
    plural(job.segments, 'segment'),
    ...(cost ? [cost] : []),
    ...(job.perSecond === null ? [] : [shortestWords(job)]),
  ]
  return {
    title: `Send ${plural(job.messages, 'real message')}?`,
    text: `${some} go out through ${throughWords(job)} to the numbers of the file, and the people there get them. ${facts.join(', ')}.`,
    action: `Send ${plural(job.messages, 'message')}`,
    stay: 'Not now',
    dangerous: true,
  }
}

export function cancelQuestion(job: BulkJob) {
  const waiting = waitingOf(job)
  const onTheirWay = job.sending > 0 ? ` ${plural(job.sending, 'message')} on the way will be finished.` : ''
  return {
    title: `Cancel ${job.name}?`,
    text: `${plural(waiting, 'message')} will not be sent, and cannot be started again.${onTheirWay}`,
    action: 'Cancel the rest',
    stay: 'Keep it',
    dangerous: true,
  }
}

export function deleteQuestion(job: BulkJob) {
  const unsent = waitingOf(job) + job.cancelled
  const goes =
    unsent > 0
      ? ` ${plural(unsent, 'message')} that ${unsent === 1 ? 'was' : 'were'} not sent go with it.`
      : ''
  return {
    title: `Delete ${job.name}?`,
    text: `Its rows and its result file go.${goes} What was sent stays among the messages.`,
    action: 'Delete bulk test',
    stay: 'Cancel',
    dangerous: true,
  }
}
