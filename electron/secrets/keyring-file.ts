import { chmodSync, existsSync, readFileSync, renameSync } from 'node:fs'
import { z } from 'zod'
import { writeFileDurably } from '../durable-file.ts'
import type { Log } from '../log.ts'

const wrapped = z.string().max(4000)
const common = { id: z.string().regex(/^[0-9a-f]{16}$/), createdAt: z.number() }

/** Bounds keep a file that somebody has tampered with from stopping the workbench for minutes. */
const costs = z.object({
  N: z
    .number()
    .int()
    .min(2)
    .max(2 ** 20),
  r: z.number().int().min(1).max(16),
  p: z.number().int().min(1).max(4),
})

const entrySchema = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('keychain'), wrapped }),
  /** The key itself lies in the key file. */
  z.object({ ...common, kind: z.literal('key file') }),
  z.object({
    ...common,
    kind: z.literal('passphrase'),
    wrapped,
    salt: z.string().max(100),
    params: costs,
    /** Its owner has given it up: what it sealed counts as lost, unless the passphrase is given at a start after all. */
    forgotten: z.boolean().optional(),
  }),
  /** Replaced by a later key, which wraps it, so that backups from its time can still be opened. */
  z.object({ ...common, kind: z.literal('retired'), wrapped, under: common.id }),
])
export type KeyEntry = z.infer<typeof entrySchema>
export type PassphraseEntry = Extract<KeyEntry, { kind: 'passphrase' }>

const fileSchema = z.object({ format: z.literal(1), keys: z.array(entrySchema).max(1000) })

/**
 * Oldest first. A file that cannot be understood is set aside and not overwritten, as it may hold the only copy of a
 * key. Throws the file system's errors.
 */
export function readKeyring(path: string, log: Log): KeyEntry[] {
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  try {
    return fileSchema.parse(JSON.parse(text)).keys
  } catch (error) {
    const aside = `${path}.damaged-${Date.now()}`
    renameSync(path, aside)
    chmodSync(aside, 0o600)
    log.error('The keyring cannot be read and was set aside; secrets have to be entered again', {
      aside,
      error,
    })
    return []
  }
}

export function writeKeyring(path: string, keys: KeyEntry[]): void {
  writeFileDurably(path, `${JSON.stringify({ format: 1, keys }, null, 2)}\n`)
}
