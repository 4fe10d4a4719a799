/**
 * Every expected failure of the product, by code. Anything that is not one of these is a bug: it is logged whole and
 * crosses to the page as `internal` with an id under which the log holds it.
 */
export const errorCodes = [
  'invalid_input',
  'not_found',
  'name_taken',
  'provider_archived',
  'provider_busy',
  'changed_elsewhere',
  'forbidden',
  'unauthorized',
  'workspace_in_use',
  'host_lost',
  'store_damaged',
  'store_newer',
  'store_unreadable',
  'store_busy',
  'disk_full',
  'backup_unusable',
  'vault_locked',
  'wrong_passphrase',
  'secret_missing',
  'port_in_use',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** One thing wrong with an input: `path` as in `settings.headers.0.name`, `message` for people. */
export interface FieldIssue {
  path: string
  message: string
}

export interface ErrorDetails {
  /** For `invalid_input` and `name_taken`: what to mend, field by field. */
  issues?: FieldIssue[]
  /** For `internal`: the id under which the log holds the whole error. */
  logId?: string
  /** For `workspace_in_use`: where the running host answers, when it has an address. */
  address?: string
  /** For `host_lost` while a message was sent: the message's key, under which it is stored if it was begun. */
  key?: string
  path?: string
  names?: string[]
  port?: number
}

/** An error as it crosses a host: data only, so that it survives IPC and JSON. */
export interface AppErrorData {
  code: ErrorCode
  message: string
  details: ErrorDetails
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }

  toData(): AppErrorData {
    return { code: this.code, message: this.message, details: this.details }
  }
}

/** What every command answers, on every host. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: AppErrorData }
