import { randomUUID } from 'node:crypto'
import type { MessageStory } from '#shared/message.ts'
import { openCallbackScene, type CallbackScene } from './callbacks.ts'
import { openTestWorkbench, type TestWorkbench } from './workbench.ts'

/** A workspace in which a message was sent and heard of, and an empty one on what could be another machine. */
export interface TwoWorkspaces {
  here: CallbackScene
  there: TestWorkbench
  close(): Promise<void>
}

export async function openTwoWorkspaces(): Promise<TwoWorkspaces> {
  const here = await openCallbackScene()
  const there = await openTestWorkbench()
  return {
    here,
    there,
    close: async () => {
      await here.close()
      await there.close()
    },
  }
}

export async function exported(
  { call }: Pick<TestWorkbench, 'call'>,
  messageId: string,
  { numbers = false, text = false, form = 'bundle' as 'bundle' | 'har' } = {},
) {
  return call('bundles.export', { messageId, form, maskNumbers: numbers, maskText: text })
}

/** Opens a file and replays it at once; answers with the story as it was recorded, and as it came out. */
export async function replayed(
  { call }: Pick<TestWorkbench, 'call'>,
  text: string,
): Promise<{ bundleId: string; recorded: MessageStory; replay: MessageStory }> {
  const { id } = await call('bundles.open', { text })
  if (id === null) throw new Error('the bundle was not stored')
  const replay = await call('bundles.replay', { id, key: randomUUID(), pace: 'atOnce' })
  return { bundleId: id, recorded: await call('messages.get', { id }), replay }
}

/** What a story comes to: verdicts, answers and what was told of it, without times and ids. */
export function gist({ state, story, callbacks, to, text, segments, providerMessageId }: MessageStory) {
  return {
    state,
    to,
    text,
    segments,
    providerMessageId,
    attempts: story.map(({ outcome, response }) => ({
      class: outcome?.class,
      code: outcome?.code,
      errorCode: outcome?.facts.errorCode,
      status: response?.status,
      body: response?.body,
    })),
    callbacks: callbacks.map(({ kind, state: said, word, errorCode, effect, text: reply, url, attempt }) => {
      return { kind, said, word, errorCode, effect, reply, url, attempt }
    }),
  }
}
