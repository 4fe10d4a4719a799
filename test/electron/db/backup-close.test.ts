import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startChild } from './fixtures/child.ts'

// Fifteen processes, one after the other: seconds, but not on a machine that does much else.
const slow = { timeout: 90_000 }

it(
  'a store that is closed while its backup begins ends the process in order, at whatever moment',
  slow,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'backup-close-'))
    // The thread loads the addon at about this time after the start, which is when ending it would abort the process.
    for (let ms = 15; ms < 45; ms += 2) {
      const { child } = startChild('close-during-backup.ts', join(folder, String(ms)), String(ms))
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
      expect([code, signal], `closed ${ms} ms after the backup began`).toEqual([0, null])
    }
    rmSync(folder, { recursive: true })
  },
)
