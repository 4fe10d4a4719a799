import { accessSync, constants, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { defaultSimulatorPort } from '#shared/simulator.ts'
import { examine } from '../db/files/examine.ts'
import { newestVersion } from '../db/migrate.ts'
import { migrations } from '../db/migrations/index.ts'
import { storeFiles } from '../db/files/store-files.ts'
import { defaultPort } from '../headless/options.ts'
import { presentExecutable } from '../launch/electron-runtime.ts'
import { nodeTooOld } from '../node-version.ts'
import { readAnnouncement } from '../workspace.ts'
import { connect, valueOf } from './connect.ts'

export interface Examined {
  workspace: string
  /** The program's own folder, where node_modules lies in a checkout. */
  root: string
}
export interface Finding {
  state: 'ok' | 'warn' | 'fail'
  says: string
}
export type CheckResult = Finding & { name: string }

const ok = (says: string): Finding => ({ state: 'ok', says })
const warn = (says: string): Finding => ({ state: 'warn', says })
const fail = (says: string): Finding => ({ state: 'fail', says })

/** In the order in which one thing rests on the other. */
export const checks: Record<string, (examined: Examined) => Finding | Promise<Finding>> = {
  Node: () => {
    const tooOld = nodeTooOld()
    return tooOld ? fail(tooOld) : ok(process.version)
  },
  Workspace: ({ workspace }) => folderFinding(workspace),
  'Running host': ({ workspace }) => hostFinding(workspace),
  Store: ({ workspace }) => storeFinding(workspace),
  Vault: ({ workspace }) => vaultFinding(workspace),
  Logs: ({ workspace }) => folderFinding(join(workspace, 'logs')),
  'Page port': ({ workspace }) => portFinding(defaultPort, pagePortOf(workspace)),
  'Simulator port': async ({ workspace }) =>
    portFinding(defaultSimulatorPort, await simulatorPortOf(workspace)),
  'Disk space': ({ workspace }) => diskFinding(workspace),
  Electron: ({ root }) => electronFinding(root),
}

function folderFinding(folder: string): Finding {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found) return ok(`${folder} (not there yet)`)
  if (!found.isDirectory()) return fail(`${folder} is not a folder.`)
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  const others = process.platform === 'win32' ? 0 : found.mode & 0o077
  return others ? warn(`${folder} can be read by other users of this machine: chmod 700.`) : ok(folder)
}

function hostFinding(workspace: string): Finding {
  const running = readAnnouncement(workspace)
  return ok(running ? `${running.host}, process ${running.pid}` : 'none')
}

/** Reads every page of the file; another host may be using it meanwhile. */
function storeFinding(workspace: string): Finding {
  const found = examine(storeFiles(workspace).main, { known: newestVersion(migrations), whole: true })
  if (found.state === 'good') return ok(`sound, version ${found.version}`)
  if (found.state === 'absent' || found.state === 'empty') return ok('none yet')
  if (found.state === 'newer') return fail(`was made by a newer SMS Workbench (version ${found.version}).`)
  return fail(`${found.state}: ${found.reason}`)
}

/**
 * Only where there is a workspace: to look is not to make one. Opens it as every command does, which settles attempts
 * that an end of the program has interrupted.
 */
async function vaultFinding(workspace: string): Promise<Finding> {
  if (!statSync(storeFiles(workspace).main, { throwIfNoEntry: false })) return ok('none yet')
  const { dispatch, close } = await connect(workspace)
  try {
    const { kind, state, reason, unreadable } = valueOf(await dispatch('vault.status', undefined))
    const words = `${kind}, ${state}${reason ? ` (${reason})` : ''}`
    if (unreadable.length === 0) return state === 'open' ? ok(words) : warn(words)
    const names = unreadable.map((one) => one.providerName).join(', ')
    return warn(`${words}; secrets to enter again: ${names}`)
  } finally {
    await close()
  }
}

/** Where the workspace's running host serves its page, or null. */
function pagePortOf(workspace: string): number | null {
  const address = readAnnouncement(workspace)?.address
  return address ? Number(new URL(address).port) : null
}

/** Where that host's simulator listens, or null. */
async function simulatorPortOf(workspace: string): Promise<number | null> {
  if (!readAnnouncement(workspace)) return null
  const { dispatch, close } = await connect(workspace)
  try {
    return valueOf(await dispatch('simulator.status', undefined)).port
  } finally {
    await close()
  }
}

/** A taken port is no fault: the next one is used. */
function portFinding(port: number, own: number | null): Promise<Finding> {
  if (port === own) return Promise.resolve(ok(`${port} is in use by the running host`))
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(warn(`${port} is taken; the next free one will be used.`)))
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve(ok(`${port} is free`))))
  })
}

const mebibyte = 1024 * 1024

async function diskFinding(workspace: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestFolder(workspace))
  const free = Math.floor((bavail * bsize) / mebibyte)
  const says = `${free} MiB free`
  if (free < 50) return fail(says)
  return free < 500 ? warn(says) : ok(says)
}

function nearestFolder(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) ? path : nearestFolder(join(path, '..'))
}

function electronFinding(root: string): Finding {
  if (process.versions['electron']) return ok(process.versions['electron'])
  const electronPackage = join(root, 'node_modules/electron')
  const found = presentExecutable({ electronPackage, environment: process.env, platform: process.platform })
  return found ? ok(found) : warn('not here; npm start downloads it, or serves the page to a browser.')
}
