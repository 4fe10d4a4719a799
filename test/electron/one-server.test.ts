import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OneServer } from '../../electron/one-server.ts'

interface Door {
  open: boolean
  close(): Promise<void>
}

/** Starts take a few turns, and so do closes; some starts fail. */
function doors(fails: readonly boolean[]) {
  const made: Door[] = []
  let tried = 0
  const begin = async (): Promise<Door> => {
    const failsNow = fails[tried++ % Math.max(1, fails.length)] ?? false
    await turns(3)
    if (failsNow) throw new Error('taken')
    if (made.some(({ open }) => open)) throw new Error('two at once')
    const door: Door = {
      open: true,
      close: async () => {
        await turns(6)
        door.open = false
      },
    }
    made.push(door)
    return door
  }
  return { made, server: new OneServer(begin) }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve()
}

test('however starts and stops fall together, one server runs at most, and the last word counts', async () => {
  const steps = fc.array(fc.record({ starts: fc.boolean(), turns: fc.nat({ max: 4 }) }), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(steps, fc.array(fc.boolean(), { maxLength: 3 }), async (asked, fails) => {
      const { made, server } = doors(fails)
      const errors: unknown[] = []
      const all = asked.map(() => Promise.resolve())
      for (const [index, { starts, turns: apart }] of asked.entries()) {
        all[index] = (starts ? server.start() : server.stop()).catch(
          (error: unknown) => void errors.push(error),
        )
        await turns(apart)
      }
      await Promise.all(all)
      expect(errors.map(String).filter((words) => words !== 'Error: taken')).toEqual([])
      const last = asked.at(-1)?.starts
      if (!last) expect(server.running).toBeNull()
      else if (errors.length === 0) expect(server.running).not.toBeNull()
      expect(made.filter(({ open }) => open)).toEqual(server.running ? [server.running] : [])
      expect(server.isWanted).toBe(server.running !== null)
    }),
  )
})
