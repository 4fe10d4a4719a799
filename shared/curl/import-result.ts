import type { ProviderInput } from '../provider.ts'
import type { Note } from './curl-words.ts'
import type { Shell } from './shells.ts'
import type { Role } from './draft/slot.ts'

/** A value of the sample and what became of it. */
export interface ImportedValue {
  /** Names it when the user decides otherwise. */
  id: string
  where: string
  value: string
  role: Role
  /** What stands in its place, such as `$$To`; empty when it stays. */
  replacement: string
  /** The sample only hints at the value, so its user has to bring it. */
  unfilled: boolean
}

export type ImportedDraft = Pick<ProviderInput, 'name' | 'settings' | 'secrets'>

export interface CurlImport {
  /** Whose rules the command was read by. */
  shell: Shell
  /** Null when there is a problem. */
  draft: ImportedDraft | null
  /** Values that were replaced, in the order in which they stand. */
  replaced: ImportedValue[]
  /** Values that the import is not sure of; their role is what it took them for. */
  choices: ImportedValue[]
  notes: Note[]
  /** Why no request could be made of the command; empty when one was. */
  problem: string
  /** Which part of the text the problem is about, as far as it is about one. */
  problemAt: { from: number; to: number } | null
}

export interface CurlImportOptions {
  /** Without it the shell is guessed. */
  shell?: Shell | undefined
  /** What the user has decided, by the value's id. */
  roles?: Readonly<Record<string, Role>> | undefined
}
