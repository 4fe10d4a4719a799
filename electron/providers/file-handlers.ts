import type { Handlers } from '../rpc.ts'
import { gatherForExport, writeProviderFile } from './export-providers.ts'
import { openFromFile } from './file-secrets.ts'
import { vendorsOfFile } from './file-vendor.ts'
import type { ProviderParts } from './handlers.ts'
import { importProviders } from './import-providers.ts'
import { planOf, readProviderFile, type ReadFile } from './read-file.ts'

type FileHandlers = Pick<Handlers, 'providers.export' | 'providers.readFile' | 'providers.import'>

/** Provider definitions as a file, out and in. */
export function fileHandlers(parts: ProviderParts): FileHandlers {
  const { stores, vault, events, now } = parts
  const valuesOf = async ({ file, asWritten }: ReadFile, passphrase: string | null) =>
    file.secrets && passphrase !== null ? openFromFile(passphrase, asWritten, file.secrets) : {}
  return {
    'providers.export': ({ ids, passphrase }) => {
      const gathered = stores.store.read((db) => gatherForExport(db, vault, ids, passphrase !== null))
      return writeProviderFile(gathered, passphrase, now())
    },
    'providers.readFile': ({ text }) => {
      const read = readProviderFile(text)
      return {
        providers: stores.store.read((db) => planOf(db, read)),
        sealed: read.file.secrets !== null,
      }
    },
    'providers.import': async ({ text, passphrase, choices }) => {
      const read = readProviderFile(text)
      const order = {
        read,
        values: await valuesOf(read, passphrase),
        choices,
        vendors: await vendorsOfFile(parts.catalogue, read.file),
        simulator: parts.simulator(),
        now: now(),
      }
      const result = await stores.store.write((db) => importProviders(db, vault, order))
      events.emit('providers.changed', { id: null })
      return result
    },
  }
}
