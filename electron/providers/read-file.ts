import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import {
  fileHeadSchema,
  providerFileSchema,
  providerFileVersion,
  type PlannedProvider,
  type ProviderFile,
} from '#shared/provider-file.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import { findProviderByName, getProvider } from '../db/providers.ts'
import { checkConnection } from './check-connection.ts'
import { hostOf } from './provider-view.ts'

export interface ReadFile {
  file: ProviderFile
  /** As they stand in the file, which the sealed secrets are bound to. */
  asWritten: unknown
}

/** Throws `invalid_input` with words for whatever is wrong with the file. */
export function readProviderFile(text: string): ReadFile {
  const json = parse(text)
  const head = fileHeadSchema.safeParse(json)
  if (!head.success) throw refusal('This is not a file of providers that SMS Workbench has exported.')
  if (head.data.version > providerFileVersion)
    throw refusal(
      `The file is of version ${head.data.version}; this program reads version ${providerFileVersion}.`,
    )
  const parsed = providerFileSchema.safeParse(json)
  if (!parsed.success) throw refusal(whatIsWrong(parsed.error.issues[0], json))
  const file = parsed.data
  refuseTwins(file)
  for (const { name, settings } of file.providers) {
    try {
      checkConnection(settings)
    } catch (error) {
      throw error instanceof AppError ? refusal(`${name}: ${error.message}`) : error
    }
  }
  return { file, asWritten: (json as { providers: unknown }).providers }
}

export function planOf(db: Database, { file }: ReadFile): PlannedProvider[] {
  return file.providers.map(({ id, name, settings }) => {
    const same = getProvider(db, id)
    const found = same ?? findProviderByName(db, name)
    return {
      id,
      name,
      endpointHost: hostOf(settings.endpoint),
      secrets: secretNamesOf(settings),
      clash: found
        ? {
            by: same ? 'id' : 'name',
            providerId: found.id,
            name: found.name,
            archived: found.archived_at !== null,
          }
        : null,
    }
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal('The file is not JSON: it may be cut off, or not a file of providers at all.')
  }
}

function whatIsWrong(issue: { path: PropertyKey[]; message: string } | undefined, json: unknown): string {
  const [first, index, ...rest] = issue?.path ?? []
  const message = issue?.message ?? 'The file cannot be read.'
  if (first !== 'providers' || typeof index !== 'number') return `The file cannot be read: ${message}`
  const { name } = (json as { providers: { name?: unknown }[] }).providers[index] ?? {}
  const who = typeof name === 'string' ? `“${name.slice(0, 60)}”` : `Provider ${index + 1}`
  return `${who} cannot be read: ${rest.map(String).join('.')}: ${message}`
}

/** The choices go by id and the names have to differ, so neither may come twice. */
function refuseTwins({ providers }: ProviderFile): void {
  for (const part of ['id', 'name'] as const) {
    const seen = new Set<string>()
    for (const provider of providers) {
      const value = provider[part].toLowerCase()
      if (seen.has(value)) throw refusal(`The file holds “${provider.name}” twice.`)
      seen.add(value)
    }
  }
}

function refusal(message: string): AppError {
  return new AppError('invalid_input', message, { issues: [{ path: 'text', message }] })
}
