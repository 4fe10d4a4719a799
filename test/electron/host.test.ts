import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { welcomeOthers } from '../../electron/host.ts'
import { openTestWorkbench } from '../helpers/workbench.ts'

it('works on, and closes well, where it cannot be said where it is', async () => {
  const { workbench, folder, close } = await openTestWorkbench()
  onTestFinished(close)
  // Nothing can be written where a folder lies, as on a full disk.
  mkdirSync(join(folder, 'running.json/in-the-way'), { recursive: true })
  const closeDoor = await welcomeOthers(workbench, { host: 'cli', address: null, focus: () => null })
  expect(await workbench.dispatch('app.info', undefined)).toMatchObject({ ok: true })
  await closeDoor()
  rmSync(join(folder, 'running.json'), { recursive: true })
})
