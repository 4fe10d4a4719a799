import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { AppInfo, StoreStatus } from '#shared/app-info.ts'
import { defaultPreferences, type Preferences } from '#shared/preferences.ts'
import type { VaultStatus } from '#shared/vault.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'

/** What concerns every page: the workbench itself, its store and vault, and the user's preferences. */
export const useApp = defineStore('app', () => {
  const info = ref<AppInfo | null>(null)
  const preferences = ref<Preferences>({ ...defaultPreferences })
  /** The theme is left as the last start had it until the preferences are known. */
  const preferencesKnown = ref(false)
  const storeStatus = ref<StoreStatus | null>(null)
  const vault = ref<VaultStatus | null>(null)
  const failure = ref<Failure | null>(null)

  const locked = computed(() => vault.value?.state === 'locked')

  async function load(): Promise<void> {
    const [about, wished] = await Promise.all([call('app.info'), call('app.preferences')])
    if (!about.ok) {
      failure.value = about.error
      return
    }
    failure.value = null
    info.value = about.value
    storeStatus.value = about.value.store
    vault.value = about.value.vault
    if (wished.ok) take(wished.value)
  }

  function take(wished: Preferences): void {
    preferences.value = wished
    preferencesKnown.value = true
  }

  async function prefer(wish: Partial<Preferences>): Promise<Failure | null> {
    // Shown at once: a theme that changes after a round trip feels broken.
    preferences.value = { ...preferences.value, ...wish }
    const answer = await call('app.prefer', wish)
    if (answer.ok) take(answer.value)
    return answer.ok ? null : answer.error
  }

  async function keepStore(asked: Promise<Answer<StoreStatus>>): Promise<Failure | null> {
    const answer = await asked
    if (answer.ok) storeStatus.value = answer.value
    return answer.ok ? null : answer.error
  }
  const backUp = () => keepStore(call('store.backup'))
  const restore = (backup: string) => keepStore(call('store.restore', { backup }))
  const startEmpty = () => keepStore(call('store.startEmpty'))

  async function keepVault(asked: Promise<Answer<VaultStatus>>): Promise<Failure | null> {
    const answer = await asked
    if (answer.ok) vault.value = answer.value
    return answer.ok ? null : answer.error
  }
  const unlock = (passphrase: string) => keepVault(call('vault.unlock', { passphrase }))
  const protect = (passphrase: string) => keepVault(call('vault.protect', { passphrase }))
  const unprotect = () => keepVault(call('vault.unprotect'))
  const forgetPassphrase = () => keepVault(call('vault.forgetPassphrase'))

  onEvent('app.preferences', take)
  onEvent('store.status', (status) => (storeStatus.value = status))
  onEvent('vault.status', (status) => (vault.value = status))
  onEvent('host.resync', () => void load())

  return {
    info,
    preferences,
    preferencesKnown,
    storeStatus,
    vault,
    failure,
    locked,
    load,
    prefer,
    backUp,
    restore,
    startEmpty,
    unlock,
    protect,
    unprotect,
    forgetPassphrase,
  }
})
