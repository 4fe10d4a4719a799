import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outcomeCodes, type OutcomeCode } from '#shared/outcome.ts'
import { bodies } from './outcomes/bodies.ts'
import { connections } from './outcomes/connections.ts'
import { handshakes } from './outcomes/handshakes.ts'
import { own } from './outcomes/own.ts'
import { statuses } from './outcomes/statuses.ts'
import { timeouts } from './outcomes/timeouts.ts'

/** What no server can provoke, and the test that does. */
const elsewhere: Partial<Record<OutcomeCode, string>> = {
  // A process that is killed while its message is on its way.
  interrupted: 'kill.test.ts',
  // Whoever has the port of a simulator that is stopped.
  simulator_stopped: '../simulator/own-simulator.test.ts',
  // A transport that throws what nobody expects.
  workbench_failed: 'workbench-failed.test.ts',
}

it('every outcome is provoked over a real socket, or by a test that is named here', () => {
  const tables = [...statuses, ...bodies, ...connections, ...handshakes, ...timeouts, ...own]
  const provoked = new Set([...tables.map(({ code }) => code), ...Object.keys(elsewhere)])
  expect([...provoked].sort()).toEqual([...outcomeCodes].sort())
  for (const [code, file] of Object.entries(elsewhere))
    expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(`'${code}'`)
})
