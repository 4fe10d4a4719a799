import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { Bridge } from '#shared/bridge.ts'
import type { EventEnvelope } from '#shared/contract.ts'
import type { Outcome } from '#shared/errors.ts'
import { callChannel, eventChannel } from './desktop/channels.ts'

contextBridge.exposeInMainWorld('workbench', {
  call: (name, input) => ipcRenderer.invoke(callChannel, name, input) as Promise<Outcome<unknown>>,
  on: (listener) => {
    // Electron's own event holds the sender, which is no business of the page's.
    const pass = (_event: IpcRendererEvent, envelope: EventEnvelope) => listener(envelope)
    ipcRenderer.on(eventChannel, pass)
    return () => {
      ipcRenderer.off(eventChannel, pass)
    }
  },
} satisfies Bridge)
