import { vendorIssues } from '#shared/catalogue/check-fields.ts'
import type { StoredVendor } from '#shared/catalogue/choice.ts'
import type { Vendor } from '#shared/catalogue/entry.ts'
import { cleanChoice, ownParts, vendorProvider } from '#shared/catalogue/preset.ts'
import type { FileProvider } from '#shared/provider-file.ts'
import { genericKind } from '#shared/provider.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import type { Catalogue } from '../catalogue/load.ts'
import { apiIssues, settingsIssuesOf } from './vendor-input.ts'

export async function vendorsOfFile(
  catalogue: Catalogue,
  { providers }: { providers: readonly Pick<FileProvider, 'kind'>[] },
): Promise<ReadonlyMap<string, Vendor>> {
  const kinds = [...new Set(providers.map(({ kind }) => kind))]
  const found = await Promise.all(kinds.map((kind) => catalogue.get(kind)))
  return new Map(found.flatMap((vendor) => (vendor ? [[vendor.id, vendor] as const] : [])))
}

export interface MadeFromFile {
  kind: string
  settings: ProviderSettings
  vendor: StoredVendor | null
  /** What is otherwise than in the file, in words. */
  note: string | null
}

/**
 * A vendor's request is made anew, as the file may come from another version, or from a stranger. Where that cannot be,
 * the settings of the file are complete: it becomes a Generic provider.
 */
export function madeFromFile(
  provider: FileProvider,
  { vendors, simulator }: { vendors: ReadonlyMap<string, Vendor>; simulator: string },
  secrets: Readonly<Record<string, string>>,
): MadeFromFile {
  const { kind, settings, vendor: choice } = provider
  if (kind === genericKind) return { kind, settings, vendor: null, note: null }
  const entry = vendors.get(kind)
  if (!entry) return asGeneric(provider, `the catalogue has no vendor “${kind}” here`)
  if (!choice) return asGeneric(provider, `the file does not say what was chosen for ${entry.name}`)
  const clean = cleanChoice(entry, choice)
  const referred = new Set(secretNamesOf(settings))
  const hasSecret = (key: string) => (secrets[key] ?? '') !== '' || referred.has(key)
  const [issue] = [
    ...apiIssues(entry, clean),
    ...vendorIssues(entry, clean, { typed: {}, isSet: hasSecret }),
    // Secrets that are missing are entered later.
  ].filter(({ path }) => !path.startsWith('secrets.'))
  if (issue)
    return asGeneric(provider, `the form of ${entry.name} does not take its values: ${issue.message}`)
  const made = vendorProvider(
    entry,
    { choice: clean, base: settings, own: choice.own ?? ownParts(entry, settings) },
    { simulator, hasSecret },
  )
  const [broken] = settingsIssuesOf(made.settings)
  if (broken) return asGeneric(provider, `its request cannot be made: ${broken.message}`)
  return { kind, ...made, note: null }
}

function asGeneric({ settings }: FileProvider, why: string): MadeFromFile {
  return {
    kind: genericKind,
    settings,
    vendor: null,
    note: `Imported as Other (Generic), because ${why.replace(/\.$/, '')}.`,
  }
}
