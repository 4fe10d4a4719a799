import { randomUUID } from 'node:crypto'
import type { BundleForm, BundleSummary } from '#shared/bundle/bundle-commands.ts'
import { differencesOf } from '#shared/bundle/differences.ts'
import { longestBundle } from '#shared/bundle/limits.ts'
import { bundleLines, exportLines } from '#shared/bundle/words.ts'
import { AppError } from '#shared/errors.ts'
import { idSchema } from '#shared/id.ts'
import type { MessageStory } from '#shared/message.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Dispatch } from '../rpc.ts'
import { clock } from './clock.ts'
import { connect, valueOf } from './connect.ts'
import { printResult, tableLines } from './output.ts'
import { readBytes, writeNew } from './own-files.ts'
import type { ListOptions } from './providers.ts'

export interface ExportBundleOptions extends ListOptions {
  output: string
  maskNumbers: boolean
  maskText: boolean
}

export interface ReplayOptions extends ListOptions {
  recordedPace: boolean
}

async function withDispatch<T>(workspace: string, work: (dispatch: Dispatch) => Promise<T>): Promise<T> {
  const { dispatch, close } = await connect(workspace)
  try {
    return await work(dispatch)
  } finally {
    await close()
  }
}

export async function exportBundle(
  messageId: string,
  form: BundleForm,
  { output, maskNumbers, maskText, workspace, json }: ExportBundleOptions,
): Promise<void> {
  await withDispatch(workspace, async (dispatch) => {
    const exported = valueOf(await dispatch('bundles.export', { messageId, form, maskNumbers, maskText }))
    writeNew(output, exported.text)
    const { text: _text, fileName: _name, ...about } = exported
    printResult(json, { file: output, ...about }, () => [`Written to ${output}.`, ...exportLines(exported)])
  })
}

export async function openBundle(
  file: string,
  { dryRun, workspace, json }: ListOptions & { dryRun: boolean },
): Promise<void> {
  const text = readText(file)
  await withDispatch(workspace, async (dispatch) => {
    const summary = valueOf(await dispatch(dryRun ? 'bundles.read' : 'bundles.open', { text }))
    printResult(json, summary, () => linesOf(summary))
  })
}

export async function listBundles({ workspace, json }: ListOptions): Promise<void> {
  await withDispatch(workspace, async (dispatch) => {
    const bundles = valueOf(await dispatch('bundles.list', undefined))
    const rows = bundles.map(({ id, openedAt, message }) => [
      id ?? '',
      clock(openedAt ?? 0),
      message.to,
      message.state,
      message.providerName,
    ])
    printResult(json, bundles, () => (rows.length === 0 ? ['No bundle was opened.'] : tableLines(rows)))
  })
}

/** Answers with the exit code: whether it came out as it was recorded. */
export async function replayBundle(
  wanted: string,
  { recordedPace, workspace, json }: ReplayOptions,
): Promise<number> {
  const text = idSchema.safeParse(wanted).success ? null : readText(wanted)
  return withDispatch(workspace, async (dispatch) => {
    const asked = text === null ? dispatch('bundles.get', { id: wanted }) : dispatch('bundles.open', { text })
    const id = valueOf(await asked).id ?? wanted
    const recorded: MessageStory = valueOf(await dispatch('messages.get', { id }))
    const pace = recordedPace ? 'recorded' : 'atOnce'
    const replay = valueOf(await dispatch('bundles.replay', { id, key: randomUUID(), pace }))
    const differences = differencesOf(recorded, replay)
    printResult(json, { id, same: differences.length === 0, differences, replay }, () => [
      differences.length === 0 ? 'It came out as recorded.' : 'It came out otherwise than recorded:',
      ...differences.map((line) => `  ${line}`),
      `The replay is message ${replay.id}.`,
    ])
    return differences.length === 0 ? exitCodes.ok : exitCodes.rejected
  })
}

export async function removeBundle(id: string, { workspace, json }: ListOptions): Promise<void> {
  await withDispatch(workspace, async (dispatch) => {
    valueOf(await dispatch('bundles.remove', { id }))
    printResult(json, { id }, () => ['Removed. Its providers and the messages of its replays stay.'])
  })
}

function linesOf(summary: BundleSummary): string[] {
  return [...bundleLines(summary, clock), summary.id === null ? 'Not kept.' : `Kept as ${summary.id}.`]
}

function readText(file: string): string {
  const bytes = readBytes(file, longestBundle, 'a bundle')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('invalid_input', `${file} is not text in UTF-8, so it is no bundle.`, { path: file })
  }
}
