import { app, BrowserWindow, nativeTheme, screen, session, type Session, type WebContents } from 'electron'
import { appOrigin } from './desktop/channels.ts'
import { isAppAddress } from './desktop/calls.ts'
import { readPlace, smallest, writePlace } from './desktop/place.ts'

export interface WindowOptions {
  preload: string
  /** Where the window's place is remembered. */
  placeFile: string
}

/** The one window. It shows when its first page is painted, in the theme's colour until then. */
export function openWindow({ preload, placeFile }: WindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea)
  const { x, y, width, height, maximised } = readPlace(placeFile, screens)
  const window = new BrowserWindow({
    ...(x !== null && y !== null ? { x, y } : {}),
    width,
    height,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: app.name,
    backgroundColor: backgroundColour(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  // Maximising shows a window too, so it waits as well.
  window.once('ready-to-show', () => (maximised ? window.maximize() : window.show()))
  window.on('close', () => writePlace(placeFile, window.getNormalBounds(), window.isMaximized()))
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(backgroundColour())
  })
  void window.loadURL(`${appOrigin}/`)
  return window
}

const backgroundColour = () => (nativeTheme.shouldUseDarkColors ? '#101014' : '#ffffff')

/** Brings the window to the front, wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** The page stays the page. */
function stayHome(event: { preventDefault(): void }, url: string): void {
  if (!isAppAddress(url)) event.preventDefault()
}

/** Whatever a page may try, in any window that this program will ever have. */
export function confineContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => stayHome(event, event.url))
  contents.on('will-redirect', (event) => stayHome(event, event.url))
  contents.on('will-frame-navigate', (event) => stayHome(event, event.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/**
 * No permission, no download but of what the page itself has made, and no request but for the page's own files: the page
 * has no network.
 */
export function confineSession(contained: Session = session.defaultSession): void {
  contained.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  contained.setPermissionCheckHandler(() => false)
  contained.setDevicePermissionHandler(() => false)
  contained.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault()
  })
  contained.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isLocal(details.url) }))
}

const isLocal = (url: string) => isAppAddress(url) || /^(?:data:|devtools:|blob:app:)/.test(url)
