import { randomUUID } from 'node:crypto'
import { vendorIssues } from '#shared/catalogue/check-fields.ts'
import type { VendorForm } from '#shared/catalogue/entry.ts'
import { newVendorSettings } from '#shared/catalogue/compile.ts'
import { cleanChoice, cleanSecrets } from '#shared/catalogue/preset.ts'
import { AppError, type FieldIssue } from '#shared/errors.ts'
import { defaultSimulatorPort } from '#shared/simulator.ts'
import { connect, valueOf } from './connect.ts'
import { printResult } from './output.ts'
import type { ListOptions } from './providers.ts'
import { readSecrets } from './typed-secrets.ts'

export interface AddOptions extends ListOptions {
  vendor: string
  name?: string
  api?: string
  field: Record<string, string>
  secret: Record<string, string>
  simulated: boolean
}

/** Makes a provider of a vendor of the catalogue. Throws `not_found`, and `invalid_input` with all that is to be mended. */
export async function addProvider(options: AddOptions): Promise<void> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const entry = valueOf(await dispatch('catalogue.get', { id: options.vendor }))
    refuse(unknownNames(entry, options))
    const secrets = cleanSecrets(entry, await readSecrets(options.secret))
    const typed = { api: options.api ?? '', fields: options.field, simulated: options.simulated }
    const vendor = cleanChoice(entry, typed)
    refuse(vendorIssues(entry, vendor, { typed: secrets, isSet: () => false }))
    // The workbench makes the request itself, and knows where the simulator is.
    const settings = newVendorSettings(entry, vendor, `http://127.0.0.1:${defaultSimulatorPort}`)
    const input = {
      id: randomUUID(),
      name: options.name ?? entry.name,
      kind: entry.id,
      settings,
      vendor,
      secrets,
    }
    const provider = valueOf(await dispatch('providers.save', input))
    printResult(options.json, provider, () => [`${provider.name} was saved (${provider.id}).`])
  } finally {
    await close()
  }
}

/** Refused rather than left out: a value that was mistyped, or a secret in a place where it could be read. */
function unknownNames(
  { id, name, apis, fields }: VendorForm,
  { api, field, secret }: AddOptions,
): FieldIssue[] {
  const wrong = (given: Record<string, string>, isSecret: boolean) =>
    Object.keys(given).flatMap((key) => {
      const found = fields.find((one) => one.key === key)
      if (found?.secret === isSecret) return []
      const message = !found
        ? `${name} has no field of that name. See: providers vendors ${id}`
        : isSecret
          ? `This is no secret: write --field ${key}=…`
          : `This is a secret: write --secret ${key}=-`
      return [{ path: key, message }]
    })
  const known = apis.map((one) => one.id)
  const unknownApi = api !== undefined && !known.includes(api)
  return [
    ...(unknownApi ? [{ path: '--api', message: `Write one of: ${known.join(', ')}.` }] : []),
    ...wrong(field, false),
    ...wrong(secret, true),
  ]
}

function refuse(issues: FieldIssue[]): void {
  if (issues.length === 0) return
  const lines = issues.map(({ path, message }) => `${path.split('.').at(-1)}: ${message}`)
  throw new AppError('invalid_input', lines.join('\n'), { issues })
}
