import { defineStore } from 'pinia'
import type { SettledAs } from '#shared/message.ts'
import { call, onEvent } from '../../lib/api.ts'

const get = (id: string) => call('messages.get', { id })
const runs = (id: string) => call('messages.runs', { id })
const settle = (id: string, as: SettledAs) => call('messages.settle', { id, as })
const stopWaiting = (id: string) => call('messages.cancel', { key: id })
const revealRequest = (attemptId: string) => call('messages.revealRequest', { attemptId })
const recentTests = (providerId: string | null) =>
  call('messages.list', { providerId, test: true, before: null, limit: 30 })

/** Calls back whenever that message changes; answers with the function that ends it. */
function watchMessage(id: () => string | null, changed: () => void): () => void {
  const ends = [
    onEvent('message.changed', (event) => event.id === id() && changed()),
    // What says no more than was known changes no message, and stands in its story all the same.
    onEvent('callback.received', (event) => (event.messageId === id() || event.count > 1) && changed()),
    onEvent('callbacks.changed', changed),
    onEvent('host.resync', changed),
  ]
  return () => ends.forEach((end) => end())
}

/** Single messages and their stories, which are fetched when they are looked at and not kept. */
export const useMessages = defineStore('messages', () => ({
  get,
  runs,
  settle,
  stopWaiting,
  recentTests,
  revealRequest,
  watchMessage,
}))
