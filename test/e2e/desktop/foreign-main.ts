// A main process of the tests' own, with the product's registration and preload: it shows pages and frames that the
// product never shows, lets each of them call, and writes what they were answered.
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, protocol, type WebFrameMain } from 'electron'
import { answerCalls } from '../../../electron/desktop/calls.ts'

const privileges = { standard: true, secure: true, supportFetchAPI: true }
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])

const pages: Record<string, string> = {
  'app://workbench/': '<title>own</title>',
  'app://workbench/framed': '<iframe src="app://workbench/"></iframe><iframe src="app://evil/"></iframe>',
}

function newWindow(): BrowserWindow {
  const preload = join(import.meta.dirname, 'preload.cjs')
  // The product keeps its preload out of frames; here it is let in, so that only the sender's check stands in the way.
  return new BrowserWindow({
    show: false,
    webPreferences: { preload, sandbox: true, nodeIntegrationInSubFrames: true },
  })
}

const call = (frame: WebFrameMain) =>
  frame.executeJavaScript(`workbench.call('app.info', null)`) as Promise<unknown>

async function run(): Promise<void> {
  protocol.handle('app', (request) => {
    const body = pages[request.url] ?? '<title>foreign</title>'
    return new Response(body, { headers: { 'content-type': 'text/html' } })
  })
  const own = newWindow()
  answerCalls(
    ipcMain,
    async (name) => ({ ok: true, value: name }),
    () => own.webContents.mainFrame,
  )
  const answers: Record<string, unknown> = {}

  await own.loadURL('app://workbench/')
  answers['own page'] = await call(own.webContents.mainFrame)

  await own.loadURL('app://workbench/framed')
  answers['own page with frames'] = await call(own.webContents.mainFrame)
  for (const frame of own.webContents.mainFrame.frames) answers[`frame with ${frame.url}`] = await call(frame)

  for (const url of ['app://evil/', 'app://workbench.evil/', 'data:text/html,foreign']) {
    await own.loadURL(url)
    answers[`window left for ${url}`] = await call(own.webContents.mainFrame)
  }

  await own.loadURL('app://workbench/')
  const other = newWindow()
  await other.loadURL('app://workbench/')
  answers['own page in another window'] = await call(other.webContents.mainFrame)

  process.stdout.write(`ANSWERS ${JSON.stringify(answers)}\n`)
  app.exit(0)
}

app.whenReady().then(run, () => app.exit(1))
