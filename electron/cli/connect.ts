import type { VaultStatus } from '#shared/vault.ts'
import { AppError, type Outcome } from '#shared/errors.ts'
import { dispatchThrough } from '../door.ts'
import { runningHost, welcomeOthers } from '../host.ts'
import type { Dispatch } from '../rpc.ts'
import { givenPassphrase } from '../given-passphrase.ts'
import { version } from '../version.ts'
import { openWorkbench } from '../workbench.ts'
import { askForPassphrase } from './passphrase.ts'

/** Commands, wherever they run: in this process, or in the app that has the workspace open. */
export interface Connection {
  dispatch: Dispatch
  close(): Promise<void>
}

/** Opens the workspace, or goes through the running host's door. Asks for the vault's passphrase where one is needed. */
export async function connect(folder: string): Promise<Connection> {
  const connection = (await openHere(folder)) ?? (await goThroughDoor(folder))
  try {
    await unlock(connection.dispatch)
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}

async function openHere(folder: string): Promise<Connection | null> {
  try {
    const passphrase = givenPassphrase()
    const workbench = await openWorkbench({ folder, host: 'cli', version, keychain: null, passphrase })
    const closeDoor = await welcomeOthers(workbench, { host: 'cli', address: null, focus: () => null })
    const close = async () => {
      await closeDoor()
      await workbench.close()
    }
    return { dispatch: workbench.dispatch, close }
  } catch (error) {
    if (error instanceof AppError && error.code === 'workspace_in_use') return null
    throw error
  }
}

async function goThroughDoor(folder: string): Promise<Connection> {
  const dispatch = dispatchThrough(await runningHost(folder)) as Dispatch
  return { dispatch, close: async () => {} }
}

async function unlock(dispatch: Dispatch): Promise<void> {
  const status: VaultStatus = valueOf(await dispatch('vault.status', undefined))
  if (status.kind !== 'passphrase' || status.state !== 'locked') return
  const passphrase = givenPassphrase() ?? (await askForPassphrase())
  // Without one, whatever needs no secret still works; what does, says so.
  if (passphrase !== null) valueOf(await dispatch('vault.unlock', { passphrase }))
}

/** Throws an outcome's error as what it was. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value
  const { code, message, details } = outcome.error
  throw new AppError(code, message, details)
}
