import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { BundleExportInput, ReplayPace } from '#shared/bundle/bundle-commands.ts'
import { call, onEvent } from '../../lib/api.ts'
import { fetchedList } from '../../lib/fetched-list.ts'

const exportMessage = (input: BundleExportInput) => call('bundles.export', input)
const read = (text: string) => call('bundles.read', { text })
const get = (id: string) => call('bundles.get', { id })
const replay = (id: string, key: string, pace: ReplayPace) => call('bundles.replay', { id, key, pace })

/** The bundles that were opened, and a file that was dropped to be looked at. */
export const useBundles = defineStore('bundles', () => {
  const { list, loaded, failure, load, again, refreshed } = fetchedList(() => call('bundles.list'))
  const dropped = shallowRef<File | null>(null)

  const open = async (text: string) => refreshed(await call('bundles.open', { text }))
  const remove = async (id: string) => refreshed(await call('bundles.remove', { id }))

  onEvent('bundles.changed', again)
  onEvent('host.resync', again)
  return { list, loaded, failure, load, dropped, exportMessage, read, open, get, remove, replay }
})
