import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandInput, CommandName, CommandOutput, EventEnvelope } from '#shared/contract.ts'
import type { AppErrorData } from '#shared/errors.ts'
import { noSystemProxy } from '../../electron/sending/access/system-proxy.ts'
import { openWorkbench, type Workbench } from '../../electron/workbench.ts'
import type { WorkbenchOptions } from '../../electron/workbench-options.ts'

export interface TestWorkbench {
  folder: string
  workbench: Workbench
  events: EventEnvelope[]
  /** Calls a command; throws when it answers with an error. */
  call<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>>
  /** Calls a command that is expected to answer with an error. */
  refusal(name: CommandName, input: unknown): Promise<AppErrorData>
  /** Closes it and opens the same workspace again, as a restart would. */
  reopen(): Promise<void>
  close(): Promise<void>
}

/** A whole workbench on a workspace of its own, in a temporary folder. */
export async function openTestWorkbench(options: Partial<WorkbenchOptions> = {}): Promise<TestWorkbench> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'workbench-'))
  const open = () =>
    openWorkbench({
      host: 'cli',
      version: 'test',
      keychain: null,
      passphrase: null,
      simulatorPort: 0,
      listenerPort: 0,
      // Not the environment's: a test goes where it says.
      systemProxy: noSystemProxy,
      ...options,
      folder,
    })
  const events: EventEnvelope[] = []
  const test: TestWorkbench = {
    folder,
    workbench: await open(),
    events,
    call: async (name, input) => {
      const outcome = await test.workbench.dispatch(name, input)
      if (!outcome.ok) throw new Error(`${name}: ${outcome.error.code} ${outcome.error.message}`)
      return outcome.value
    },
    refusal: async (name, input) => {
      const outcome = await test.workbench.dispatch(name as unknown, input)
      if (outcome.ok) throw new Error(`${name} was not refused`)
      return outcome.error
    },
    reopen: async () => {
      await test.workbench.close()
      test.workbench = await open()
      test.workbench.events.subscribe((event) => events.push(event))
    },
    close: async () => {
      await test.workbench.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  test.workbench.events.subscribe((event) => events.push(event))
  return test
}
