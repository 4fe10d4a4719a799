import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Bridge } from '#shared/bridge.ts'
import { genericSimulatorPath, type SimulatorStatus } from '#shared/simulator.ts'
import { launchApp, openFolder, type ConnectedApp } from './launch-app.ts'

const packaged = inject('packaged')

/** The app's own Chromium is older than the tests' browser, and its clipboard and editor are its own. */
describe.skipIf(!packaged)('a first message in the packaged app', () => {
  let app: ConnectedApp
  let home: string
  let address: string
  const problems: string[] = []
  beforeAll(async () => {
    home = openFolder()
    app = await launchApp(packaged!, home, [`--workspace=${join(home, 'workspace')}`])
    app.page.on('pageerror', (error) => problems.push(error.message))
    app.page.on('console', (line) => {
      if (line.type() === 'error') problems.push(line.text())
    })
    const started = await app.page.evaluate(() =>
      (window as unknown as { workbench: Bridge }).workbench.call('simulator.start', undefined),
    )
    if (!started.ok) throw new Error(started.error.message)
    address = (started.value as SimulatorStatus).address ?? ''
  })
  afterAll(async () => {
    // What is unsaved would hold the window.
    if (app?.page.isClosed() === false) process.kill(app.pid, 'SIGTERM')
    await app?.close()
    if (home) rmSync(home, { recursive: true, force: true })
  })

  it('comes from a pasted command with a JSON body, and is accepted', async () => {
    const { page } = app
    await page.getByRole('button', { name: 'Import from cURL' }).click()
    await page
      .getByLabel('The vendor’s sample command')
      .fill(
        `curl ${address}${genericSimulatorPath} -H 'Authorization: Bearer simulated-token' --json '{"to":"+14155550100","text":"Hi"}'`,
      )
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('textbox', { name: 'Body', exact: true }).getByText('$$Body').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Send Test SMS' }).click()
    const part = page.getByRole('region', { name: 'Send Test SMS' })
    await part.getByLabel('To', { exact: true }).fill('+14155550123')
    await part.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('The provider accepted the message').waitFor()
    expect(problems).toEqual([])
  })

  it('is not lost with the window: closing asks, and closes once the changes are discarded', async () => {
    const { page } = app
    const question = page.getByRole('dialog', { name: 'Leave without saving?' })
    await page.evaluate(() => window.close())
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await page.getByText('The provider accepted the message').waitFor()
    await page.evaluate(() => window.close())
    await question.getByRole('button', { name: 'Discard changes' }).click()
    expect(await app.ended).toEqual({ code: 0, signal: null })
  })
})
