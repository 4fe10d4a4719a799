import { spawn } from 'node:child_process'
import { accessSync, constants, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Opens the address in the user's browser through a file that only its owner reads: an argument would show the token to
 * everyone who lists the machine's processes. The file stays until the host closes.
 */
export function openInBrowser(address: string, folder: string): void {
  const opener = openerOf(process.platform, process.env)
  if (!opener) return
  const file = fileIn(folder)
  forgetBrowser(folder)
  writeFileSync(file, redirectPage(address), { mode: 0o600 })
  const [program = '', ...args] = opener
  // Whether it opened is not known; the address is printed in any case.
  spawn(program, [...args, file], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

export function forgetBrowser(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

const fileIn = (folder: string) => join(folder, 'open-in-browser.html')

/** Null where nobody could see a browser. */
export function openerOf(
  platform: NodeJS.Platform,
  environment: Record<string, string | undefined>,
): string[] | null {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['explorer.exe']
  const hasDisplay = environment['DISPLAY'] || environment['WAYLAND_DISPLAY']
  return hasDisplay && isOnPath('xdg-open', environment['PATH'] ?? '') ? ['xdg-open'] : null
}

function isOnPath(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

const redirectPage = (address: string) => `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<title>SMS Workbench</title>
<p><a href="${address}">Open SMS Workbench</a></p>
`
