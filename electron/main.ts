import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  nativeTheme,
  Notification,
  protocol,
  safeStorage,
  session,
} from 'electron'
import { AppError } from '#shared/errors.ts'
import { answerCalls, isAppAddress } from './desktop/calls.ts'
import { appScheme, eventChannel } from './desktop/channels.ts'
import { noticesOf } from './desktop/notices.ts'
import { openInBrowser } from './headless/browser.ts'
import { givenPassphrase } from './given-passphrase.ts'
import { closeWithGrace, findRunning, welcomeOthers } from './host.ts'
import { setMenu } from './menu.ts'
import { pageAnswer } from './page-files.ts'
import type { Keychain } from './secrets/keychain.ts'
import { proxyFromResolver } from './sending/access/system-proxy.ts'
import { version } from './version.ts'
import { confineContents, confineSession, openWindow, showWindow } from './window.ts'
import { openWorkbench, type Workbench } from './workbench.ts'
import { createWorkspace, defaultFolder, namedFolder } from './workspace.ts'

let folder = ''
// The desktop does not use it, but Chromium's processes and a browser would have it in their environment.
givenPassphrase()
let window: BrowserWindow | null = null

// Electron emits `ready` once this module has run, so whatever has to come before it stands here, without an await.
const isPrepared = prepareFolder()
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
app.on('web-contents-created', (_event, contents) => confineContents(contents))
app.on('second-instance', () => window && showWindow(window))
app.on('window-all-closed', () => app.quit())
if (isPrepared && app.requestSingleInstanceLock()) app.whenReady().then(run).catch(giveUp)
else if (isPrepared) app.exit(0)

async function run(): Promise<void> {
  confineSession()
  protocol.handle(appScheme, servePage)
  const workbench = await openWorkbench({
    folder,
    host: 'desktop',
    version,
    keychain: keychain(),
    passphrase: null,
    systemProxy: proxyFromResolver((url) => session.defaultSession.resolveProxy(url)),
  })
  await followTheme(workbench)
  setMenu({ folder, logs: join(folder, 'logs') })
  answerCalls(ipcMain, workbench.dispatch, () => window?.webContents.mainFrame ?? null)
  window = openWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    placeFile: join(folder, 'window.json'),
  })
  window.once('closed', () => (window = null))
  passEventsOn(workbench)
  const closeDoor = await welcomeOthers(workbench, { host: 'desktop', address: null, focus: bringToFront })
  closeInOrder(async () => {
    await closeWithGrace(workbench, closeDoor)
    await workbench.close()
  })
}

/** False when there is no folder to work in, which has been said then. */
function prepareFolder(): boolean {
  try {
    folder = workspaceFolder()
    createWorkspace(folder)
    keepProfileInWorkspace()
    return true
  } catch (error) {
    void giveUp(error)
    return false
  }
}

function workspaceFolder(): string {
  // Not strict: the rest of the arguments is Chromium's.
  const { values } = parseArgs({ strict: false, options: { workspace: { type: 'string' } } })
  return typeof values.workspace === 'string' ? namedFolder(values.workspace) : defaultFolder()
}

/** One folder holds everything, Chromium's profile too; and one instance runs per workspace, not per user. */
function keepProfileInWorkspace(): void {
  const profile = join(folder, 'browser')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
}

async function servePage(request: Request): Promise<Response> {
  if (!isAppAddress(request.url) || request.method !== 'GET') return new Response(null, { status: 404 })
  const acceptsHtml = (request.headers.get('accept') ?? '').includes('text/html')
  const { pathname } = new URL(request.url)
  const { status, headers, body } = await pageAnswer(
    join(import.meta.dirname, '../renderer'),
    pathname,
    acceptsHtml,
  )
  return new Response(new Uint8Array(body), { status, headers })
}

const keychainBackend = () =>
  process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform

function keychain(): Keychain {
  return {
    available: () => safeStorage.isEncryptionAvailable(),
    backend: keychainBackend,
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  }
}

async function followTheme({ dispatch, events }: Workbench): Promise<void> {
  const preferences = await dispatch('app.preferences', undefined)
  if (preferences.ok) nativeTheme.themeSource = preferences.value.theme
  events.subscribe((event) => {
    if (event.name === 'app.preferences') nativeTheme.themeSource = event.payload.theme
  })
}

function passEventsOn({ dispatch, events, log }: Workbench): void {
  const notify = noticesOf(dispatch, isAway, (notice) => {
    const notification = new Notification(notice)
    notification.on('click', bringToFront)
    notification.show()
  })
  events.subscribe((event) => {
    if (window && !window.isDestroyed()) window.webContents.send(eventChannel, event)
    notify(event).catch((error: unknown) => log.warn('A notification could not be shown', { error }))
  })
}

const isAway = () => window !== null && !window.isFocused() && Notification.isSupported()

function bringToFront(): null {
  if (window) showWindow(window)
  return null
}

function closeInOrder(close: () => Promise<void>): void {
  app.once('will-quit', (event) => {
    event.preventDefault()
    close().then(() => app.exit(0), giveUp)
  })
}

/** Where another host has the workspace, leads there; anything else is a start that failed. */
async function giveUp(error: unknown): Promise<void> {
  if (error instanceof AppError && error.code === 'workspace_in_use') {
    const running = await findRunning(folder).catch((failure: unknown) => failure as Error)
    if (!(running instanceof Error)) {
      process.stdout.write(`${running.words}\n`)
      if (running.address && !process.stdout.isTTY) openInBrowser(running.address, folder)
      return app.exit(0)
    }
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${message}\n`)
  dialog.showErrorBox('SMS Workbench cannot start', error instanceof AppError ? error.message : message)
  app.exit(1)
}
