import { AppError } from '#shared/errors.ts'
import { checkAlive, focusThrough, openDoor, type Door } from './door.ts'
import type { Workbench } from './workbench.ts'
import { announce, readAnnouncement, type Announcement } from './workspace.ts'

export interface HostFace {
  host: Announcement['host']
  /** Without a token; null where the host has no address. */
  address: string | null
  /** Brings the host to the front; answers an address with a fresh token, or null for a window. */
  focus(): string | null | Promise<string | null>
}

/** Lets this machine's other programs find and use a running workbench. Answers with the function that ends that. */
export async function welcomeOthers(workbench: Workbench, face: HostFace): Promise<() => Promise<void>> {
  const { folder, dispatch, log } = workbench
  let door: Door
  try {
    door = await openDoor({ folder, dispatch, focus: face.focus })
  } catch (error) {
    // Some file systems have no sockets. The host works all the same; only others cannot reach it.
    log.warn('The door for other programs could not be opened', { error })
    return async () => {}
  }
  const { path, token } = door
  const close = () => door.close()
  try {
    announce(folder, { pid: process.pid, host: face.host, address: face.address, door: path, token })
  } catch (error) {
    // As on a full disk. The door is closed with the host all the same.
    log.warn('Other programs cannot be told where this one is', { error })
  }
  return close
}

const graceMs = 5000

/**
 * Closes what others reach the workbench through. Messages on their way get a moment; then they are cancelled, so that
 * whoever sent them is still answered.
 */
export async function closeWithGrace(workbench: Workbench, close: () => Promise<void>): Promise<void> {
  const { log } = workbench
  const impatience = setTimeout(() => {
    workbench.stopSending().catch((error: unknown) => log.error('Sending could not be stopped', { error }))
  }, graceMs)
  await close()
  clearTimeout(impatience)
}

const announcementAttempts = 50
const announcementPauseMs = 100

/** Finds the host that holds the workspace and answers; waits a little for one that is just starting. */
export async function runningHost(folder: string): Promise<Announcement> {
  for (let attempt = 0; attempt < announcementAttempts; attempt++) {
    const found = readAnnouncement(folder)
    if (found) {
      await checkAlive(found)
      return found
    }
    await new Promise((resolve) => setTimeout(resolve, announcementPauseMs))
  }
  throw new AppError(
    'workspace_in_use',
    'The workspace is in use by a program that does not say where it is.',
  )
}

export interface Running {
  /** With a fresh token; null where the host has a window, which is at the front now. */
  address: string | null
  words: string
}

/** Brings the host that holds the workspace to the front. Throws `workspace_in_use` where there is nothing to show. */
export async function findRunning(folder: string): Promise<Running> {
  const found = await runningHost(folder)
  if (found.host === 'cli') {
    throw new AppError('workspace_in_use', `The workspace is in use by a command (process ${found.pid}).`)
  }
  const address = await focusThrough(found)
  if (address) return { address, words: `SMS Workbench is already running at ${address}` }
  return { address, words: 'SMS Workbench is already open in its window.' }
}
