import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { SendInput } from '#shared/send-input.ts'
import { emptySettings } from '#shared/settings.ts'
import type { Agent } from 'undici'
import { request } from 'undici'
import type { openWorkbench, Workbench } from '../../electron/workbench.ts'
import { newId } from '../helpers/new-id.ts'

export const atOnce = 50
const perRound = 6000
/** Both sides are measured at their steady speed: compiled, with grown heaps and files. */
export const warmUp = 20_000
export const rounds = 7

/** The workbench as it ships, bundled; as a command opens it, or as a host that stays. */
export async function openBuilt(folder: string, host: 'cli' | 'headless' = 'cli'): Promise<Workbench> {
  const built = join(import.meta.dirname, '../../out/main/workbench.js')
  const module = (await import(built)) as { openWorkbench: typeof openWorkbench }
  return module.openWorkbench({ folder, host, version: 'bench', keychain: null, passphrase: null })
}

/** Answers with the id of a provider that posts forms to the address. */
export async function addProvider(workbench: Workbench, name: string, address: string): Promise<string> {
  const id = randomUUID()
  const settings = { ...emptySettings(), endpoint: address }
  const saved = await workbench.dispatch('providers.save', {
    id,
    name,
    kind: 'generic',
    settings,
    secrets: {},
  })
  if (!saved.ok) throw new Error(JSON.stringify(saved.error))
  return id
}

export async function bareRequest(agent: Agent, address: string): Promise<void> {
  const body = 'to=%2B14155550123&text=Hello'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await request(address, { dispatcher: agent, method: 'POST', headers, body })
  await answer.body.text()
}

export async function sendThrough(workbench: Workbench, provider: SendInput['provider']): Promise<void> {
  const input: SendInput = {
    key: newId(),
    provider,
    to: '+14155550123',
    country: null,
    text: 'Hello',
    values: {},
    test: false,
  }
  const outcome = await workbench.dispatch('messages.send', input)
  if (!outcome.ok || outcome.value.state !== 'sent') throw new Error(JSON.stringify(outcome))
}

/** Runs so many at once, each of its workers going on as soon as its last is done. */
export async function perSecond(work: () => Promise<void>, count = perRound): Promise<number> {
  const started = performance.now()
  let begun = 0
  const worker = async () => {
    while (begun < count) {
      begun += 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return count / ((performance.now() - started) / 1000)
}

/** Both by turns, so that whatever slows the machine slows both. Answers with the speeds of each round. */
export async function byTurns(
  yardstick: () => Promise<void>,
  work: () => Promise<void>,
): Promise<{ bare: number; sent: number }[]> {
  await perSecond(yardstick, warmUp)
  await perSecond(work, warmUp)
  const speeds: { bare: number; sent: number }[] = []
  for (let index = 0; index < rounds; index += 1) {
    speeds.push({ bare: await perSecond(yardstick), sent: await perSecond(work) })
  }
  return speeds
}
