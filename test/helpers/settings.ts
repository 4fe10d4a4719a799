import { emptySettings, type ProviderSettings } from '#shared/settings.ts'

/** Settings as the form starts with, and what a test wants to differ. */
export function settingsWith(changes: Partial<ProviderSettings> = {}): ProviderSettings {
  return { ...emptySettings(), endpoint: 'http://127.0.0.1:9/send', ...changes }
}

export function formRows(rows: Record<string, string>): ProviderSettings['parameters'] {
  return { kind: 'form', rows: Object.entries(rows).map(([name, value]) => ({ name, value, enabled: true })) }
}

export function headerRows(rows: Record<string, string>): ProviderSettings['headers'] {
  return Object.entries(rows).map(([name, value]) => ({ name, value, enabled: true }))
}
