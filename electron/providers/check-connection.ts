import { AppError } from '#shared/errors.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { readAuthorities } from '../sending/access/authorities.ts'

/** What the form alone cannot tell: only this side can read certificates. Throws `invalid_input`. */
export function checkConnection({ connection }: ProviderSettings): void {
  if (connection.authorities.trim() === '') return
  const authorities = readAuthorities(connection.authorities)
  if (authorities.ok) return
  const message = authorities.problem
  throw new AppError('invalid_input', message, {
    issues: [{ path: 'settings.connection.authorities', message }],
  })
}
