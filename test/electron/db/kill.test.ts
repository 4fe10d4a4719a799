import { randomInt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startChild } from './fixtures/child.ts'
import { openIn, preferenceNames, temporaryFolder } from './fixtures/workspace.ts'

const rounds = process.env['SOAK'] ? 250 : 15

/** Kills the writer after a random number of acknowledged rows, and answers with all that it acknowledged. */
async function writeUntilKilled(folder: string, round: number): Promise<string[]> {
  const { child, lines } = startChild('writer.ts', folder, String(round))
  const acknowledged: string[] = []
  const enough = randomInt(1, 3000)
  for await (const line of lines) {
    acknowledged.push(line)
    if (acknowledged.length === enough) child.kill('SIGKILL')
  }
  return acknowledged
}

describe('a process that is killed while it writes', () => {
  it(
    'loses nothing that it has acknowledged, and leaves a sound store',
    { timeout: rounds * 10_000 },
    async () => {
      const folder = temporaryFolder()
      const acknowledged: string[] = []
      for (let round = 0; round < rounds; round += 1) {
        acknowledged.push(...(await writeUntilKilled(folder, round)))
        const handle = openIn(folder)
        const kept = new Set(handle.store.read(preferenceNames))
        expect(acknowledged.filter((name) => !kept.has(name))).toEqual([])
        expect(handle.store.read((db) => db.pragma('integrity_check', { simple: true }))).toBe('ok')
        // Every other round the next writer finds the log as the killed one left it.
        if (round % 2 === 0) await handle.close()
        else handle.store.read((db) => db.close())
      }
      expect(acknowledged.length).toBeGreaterThan(rounds)
    },
  )
})
