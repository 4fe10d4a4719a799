import type { ErrorCode } from '#shared/errors.ts'
import type { OutcomeClass } from '#shared/outcome.ts'

/** What the programs of the workbench exit with; documented in the command line's help. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  wrongInput: 2,
  rejected: 3,
  unavailable: 4,
  misconfigured: 5,
  unknown: 6,
  cancelled: 7,
  notUsable: 8,
} as const

export const exitCodeOfClass: Record<OutcomeClass, number> = {
  accepted: exitCodes.ok,
  rejected: exitCodes.rejected,
  unavailable: exitCodes.unavailable,
  misconfigured: exitCodes.misconfigured,
  unknown: exitCodes.unknown,
  cancelled: exitCodes.cancelled,
}

export const exitCodeOfError: Record<ErrorCode, number> = {
  invalid_input: exitCodes.wrongInput,
  not_found: exitCodes.wrongInput,
  name_taken: exitCodes.wrongInput,
  provider_archived: exitCodes.wrongInput,
  provider_busy: exitCodes.unavailable,
  changed_elsewhere: exitCodes.wrongInput,
  forbidden: exitCodes.unexpected,
  unauthorized: exitCodes.unexpected,
  workspace_in_use: exitCodes.notUsable,
  // Where a message may be on its way, `send` says so with its own code.
  host_lost: exitCodes.notUsable,
  store_damaged: exitCodes.notUsable,
  store_newer: exitCodes.notUsable,
  store_unreadable: exitCodes.notUsable,
  store_busy: exitCodes.notUsable,
  disk_full: exitCodes.notUsable,
  backup_unusable: exitCodes.notUsable,
  vault_locked: exitCodes.misconfigured,
  wrong_passphrase: exitCodes.misconfigured,
  secret_missing: exitCodes.misconfigured,
  port_in_use: exitCodes.unavailable,
  internal: exitCodes.unexpected,
}
