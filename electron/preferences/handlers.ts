import type { Database } from 'better-sqlite3'
import { appearanceSchema, defaultPreferences, type Preferences } from '#shared/preferences.ts'
import { readPreferences, writePreference } from '../db/preferences.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Handlers } from '../rpc.ts'

/** A value that is no longer valid gives way to the default, one by one. */
export function preferencesOf(db: Database): Preferences {
  const kept = Object.entries(readPreferences(db)).filter(
    ([name, value]) =>
      appearanceSchema
        .partial()
        .strict()
        .safeParse({ [name]: value }).success,
  )
  return { ...defaultPreferences, ...Object.fromEntries(kept) }
}

export function preferenceHandlers(
  stores: StoreHandle,
  events: EventHub,
): Pick<Handlers, 'app.preferences' | 'app.prefer'> {
  return {
    'app.preferences': () => stores.store.read(preferencesOf),
    'app.prefer': async (changes) => {
      const preferences = await stores.store.write((db) => {
        for (const [name, value] of Object.entries(changes)) writePreference(db, name, value)
        return preferencesOf(db)
      })
      events.emit('app.preferences', preferences)
      return preferences
    },
  }
}
