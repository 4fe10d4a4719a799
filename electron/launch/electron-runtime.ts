import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Electron's executable, or in a few words why there is none to start. */
export type Found = { executable: string } | { reason: string }

export interface Machine {
  platform: NodeJS.Platform
  environment: Record<string, string | undefined>
  isRoot: boolean
  /** `node_modules/electron`, which must not be imported: it downloads at once. */
  electronPackage: string
}

const downloadLimitMs = 180_000

/** Looks for what would keep a window from opening before it looks for, or downloads, what opens it. */
export function findElectron(machine: Machine): Found {
  const reason = noWindowBecause(machine)
  if (reason) return { reason }
  const present = presentExecutable(machine)
  if (present) return { executable: present }
  if (!existsSync(join(machine.electronPackage, 'install.js')))
    return { reason: 'Electron is not installed here' }
  const { status } = spawnSync(process.execPath, [join(machine.electronPackage, 'install.js')], {
    timeout: downloadLimitMs,
    stdio: 'ignore',
  })
  const downloaded = status === 0 ? presentExecutable(machine) : null
  return downloaded ? { executable: downloaded } : { reason: 'Electron cannot be downloaded here' }
}

function noWindowBecause({ platform, environment, isRoot }: Machine): string | null {
  if (platform !== 'linux') return null
  if (isRoot) return 'Electron does not run as root'
  const hasDisplay = environment['DISPLAY'] || environment['WAYLAND_DISPLAY']
  return hasDisplay ? null : 'There is no display here'
}

/** As the electron package itself looks for it: a folder named by the environment, else its own download. */
export function presentExecutable({
  electronPackage,
  environment,
  platform,
}: Omit<Machine, 'isRoot'>): string | null {
  const name = installedName(electronPackage)
  const named = environment['ELECTRON_OVERRIDE_DIST_PATH']
  const executable = named
    ? join(named, name ?? usualName(platform))
    : name && join(electronPackage, 'dist', name)
  return executable && existsSync(executable) ? executable : null
}

function installedName(electronPackage: string): string | null {
  const file = join(electronPackage, 'path.txt')
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

function usualName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}
