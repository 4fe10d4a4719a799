import type { AppErrorData, Outcome } from '#shared/errors.ts'
import type { DispatchUnknown } from '../rpc.ts'
import { appOrigin, callChannel } from './channels.ts'

/** What is looked at of Electron's frames and events; the electron package itself stays in the desktop's four files. */
export interface Frame {
  url: string
}
export interface CallEvent {
  /** Null when the frame has gone, or left for another page, meanwhile. */
  senderFrame: Frame | null
}
export interface CallReceiver {
  handle(
    channel: string,
    listener: (event: CallEvent, name: unknown, input: unknown) => Promise<Outcome<unknown>>,
  ): void
}

const refused: AppErrorData = {
  code: 'forbidden',
  message: 'Only the workbench’s own page may do this.',
  details: {},
}

/** Answers the page's calls: those of our window's main frame while it shows our own page, and nobody else's. */
export function answerCalls(
  ipc: CallReceiver,
  dispatch: DispatchUnknown,
  mainFrame: () => Frame | null,
): void {
  ipc.handle(callChannel, async (event, name, input) => {
    if (!isOurs(event.senderFrame, mainFrame())) return { ok: false, error: refused }
    return dispatch(name, input)
  })
}

function isOurs(sender: Frame | null, main: Frame | null): boolean {
  return sender !== null && sender === main && isAppAddress(sender.url)
}

/** By the parsed parts, not by how the text begins: `app://workbench.evil/` begins the same. */
export function isAppAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && `${url.protocol}//${url.host}` === appOrigin
}
