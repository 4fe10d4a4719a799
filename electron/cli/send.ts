import { randomUUID } from 'node:crypto'
import { doubtOf } from '#shared/answer-doubt.ts'
import type { BulkTarget } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import type { MessageStory } from '#shared/message.ts'
import type { SendInput } from '#shared/send-input.ts'
import { verdictOf } from '#shared/verdict.ts'
import { exitCodeOfClass, exitCodes } from '../exit-codes.ts'
import type { Dispatch } from '../rpc.ts'
import { connect, valueOf } from './connect.ts'
import { findTarget } from './find-target.ts'
import { printError, printMessage, printResult } from './output.ts'

export interface SendOptions {
  workspace: string
  json: boolean
  provider?: string
  group?: string
  route?: boolean
  to: string
  text: string
  country?: string
  value: Record<string, string>
  /** False with --no-test. */
  test: boolean
}

/** Sends one message, waits for its outcome and answers with the exit code that tells its class. */
export async function sendMessage(options: SendOptions): Promise<number> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const target = await findTarget(dispatch, options)
    const story = await sendCancellably(dispatch, inputOf(options, target))
    printResult(options.json, story, () => storyLines(story))
    return exitCodeOf(story)
  } catch (error) {
    if (!isLostMessage(error)) throw error
    printError(options.json, error.toData())
    return exitCodes.unknown
  } finally {
    await close()
  }
}

function inputOf({ to, text, country, value, test }: SendOptions, provider: BulkTarget): SendInput {
  const key = randomUUID()
  return { key, provider, to, country: country ?? null, text, values: value, test }
}

/** Ctrl+C cancels the message and still tells what became of it; a second one ends the program. */
async function sendCancellably(dispatch: Dispatch, input: SendInput): Promise<MessageStory> {
  let asked = false
  const cancel = () => {
    if (asked) process.exit(130)
    asked = true
    printMessage('Cancelling…')
    // A host that is gone by now is told of by the send itself.
    dispatch('messages.cancel', { key: input.key }).catch(() => {})
  }
  process.on('SIGINT', cancel)
  try {
    return valueOf(await dispatch('messages.send', input))
  } catch (error) {
    throw error instanceof AppError && error.code === 'host_lost' ? lostMessage(input.key) : error
  } finally {
    process.off('SIGINT', cancel)
  }
}

function lostMessage(key: string): AppError {
  const message =
    'The program that has the workspace open ended before it answered: the message may have been sent, and may ' +
    `arrive. Look for it under the key ${key} before it is sent again.`
  return new AppError('host_lost', message, { key })
}

/** Only once the message itself was handed over; a host lost before that has sent nothing. */
const isLostMessage = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'host_lost' && error.details.key !== undefined

function exitCodeOf(story: MessageStory): number {
  return story.outcomeClass ? exitCodeOfClass[story.outcomeClass] : exitCodes.unexpected
}

function storyLines(story: MessageStory): string[] {
  const attempt = story.story.at(-1)
  if (!attempt?.outcome) return [`The message to ${story.to} is ${story.state}.`]
  const { title, cause, next } = verdictOf(attempt.outcome)
  const took = story.duration === null ? '' : `, ${Math.round(story.duration)} ms`
  const status = attempt.response ? `, HTTP ${attempt.response.status}` : ''
  const reference = story.providerMessageId ? [`Provider’s message id: ${story.providerMessageId}`] : []
  const doubt = doubtOf(attempt)
  const head = `${title} (${story.providerName}, to ${story.to}${status}${took})`
  return [head, cause, next, ...(doubt === null ? [] : [doubt]), ...reference]
}

/** For commander: gathers `--value name=value` into one record. */
export function gatherValue(text: string, gathered: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=')
  if (at < 1) throw new AppError('invalid_input', `"${text}" is not a value: write name=value.`)
  return { ...gathered, [text.slice(0, at)]: text.slice(at + 1) }
}
