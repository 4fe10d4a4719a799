import { rmSync } from 'node:fs'
import { expect, inject, it } from 'vitest'
import { openFolder, startOnly } from './launch-app.ts'

const packaged = inject('packaged')

it.skipIf(!packaged)('only the own page in the main frame of the own window is answered', async () => {
  const home = openFolder()
  const started = await startOnly(packaged!, home, [packaged!.foreign, '--no-sandbox', '--disable-gpu'])
  await started.ended
  const answers = JSON.parse(/ANSWERS (.*)/.exec(started.output())?.[1] ?? '{}') as Record<string, unknown>
  const refused = { ok: false, error: { code: 'forbidden', message: expect.any(String), details: {} } }
  expect(answers).toEqual({
    'own page': { ok: true, value: 'app.info' },
    'own page with frames': { ok: true, value: 'app.info' },
    'frame with app://workbench/': refused,
    'frame with app://evil/': refused,
    'window left for app://evil/': refused,
    'window left for app://workbench.evil/': refused,
    'window left for data:text/html,foreign': refused,
    'own page in another window': refused,
  })
  rmSync(home, { recursive: true, force: true })
})
