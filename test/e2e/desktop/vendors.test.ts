import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Page } from 'playwright-core'
import type { Bridge } from '#shared/bridge.ts'
import type { CommandName } from '#shared/contract.ts'
import type { MessageStory } from '#shared/message.ts'
import type { ProviderSummary } from '#shared/provider.ts'
import type { ReceivedMessage } from '#shared/simulator.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { launchApp, openFolder, type ConnectedApp } from './launch-app.ts'

const packaged = inject('packaged')
const sid = `AC${'0123456789abcdef'.repeat(2)}`
const token = 'fedcba9876543210'.repeat(2)

/** The value of an answer to a call over the preload and IPC. */
async function valueOf<T>(page: Page, name: CommandName, input?: unknown): Promise<T> {
  const outcome = await page.evaluate(
    ([command, given]) =>
      (window as unknown as { workbench: Bridge }).workbench.call(command as CommandName, given),
    [name, input] as const,
  )
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value as T
}

describe.skipIf(!packaged)('the catalogue in the packaged app', () => {
  let app: ConnectedApp
  let home: string
  beforeAll(async () => {
    home = openFolder()
    app = await launchApp(packaged!, home, [`--workspace=${join(home, 'workspace')}`])
    await valueOf(app.page, 'simulator.start')
  })
  afterAll(async () => {
    await app?.close()
    if (home) rmSync(home, { recursive: true, force: true })
  })

  it('has every vendor, each with its form', async () => {
    const vendors = await valueOf<{ id: string }[]>(app.page, 'catalogue.list')
    expect(vendors).toHaveLength(18)
    for (const { id } of vendors)
      expect(await valueOf(app.page, 'catalogue.get', { id })).toMatchObject({ id })
  })

  it('sends as Twilio to the simulator, which takes the message and shows no credential', async () => {
    const id = randomUUID()
    const vendor = { api: '', fields: { accountSid: sid, from: '+15005550006' }, simulated: true }
    const twilio = providerInput(
      {},
      { id, name: 'Twilio', kind: 'twilio', vendor, secrets: { authToken: token } },
    )
    await valueOf(app.page, 'providers.save', twilio)
    const story = await valueOf<MessageStory>(app.page, 'messages.send', sendInput(id))
    expect(onlyAttempt(story).outcome).toMatchObject({ class: 'accepted' })
    const [received] = await valueOf<ReceivedMessage[]>(app.page, 'simulator.received')
    expect(received).toMatchObject({ vendor: 'twilio', to: '+14155550123', status: 201, accepted: true })
    expect(JSON.stringify([story, received])).not.toContain(token)
    expect(await valueOf<ProviderSummary[]>(app.page, 'providers.list')).toMatchObject([
      { name: 'Twilio', kind: 'twilio', simulated: true, status: 'ready' },
    ])
  })
})
