import { batchIssues } from './batch-checks.ts'
import { contentTypeIssue } from './body-kind.ts'
import type { Auth, ProviderSettings, Proxy, Row } from './settings.ts'

export interface SettingsIssue {
  path: (string | number)[]
  message: string
}

/** What one field alone cannot tell. */
export function settingsIssues(settings: ProviderSettings): SettingsIssue[] {
  const issues: SettingsIssue[] = []
  const { auth, parameters, success } = settings
  if (success.statusFrom > success.statusTo) {
    issues.push({ path: ['success', 'statusTo'], message: 'The end of the range lies before its start.' })
  }
  issues.push(...authIssues(auth), ...proxyIssues(settings.connection.proxy))
  issues.push(...rowIssues(settings.headers, ['headers'], headerNameIssue))
  if (parameters.kind === 'form')
    issues.push(...rowIssues(parameters.rows, ['parameters', 'rows'], () => null))
  issues.push(...contentTypeIssues(settings))
  if (settings.batch?.array === '')
    issues.push({ path: ['batch', 'array'], message: 'Name the array that holds the messages.' })
  issues.push(...batchIssues(settings))
  return issues
}

/** The user's own header decides over the field. */
function contentTypeIssues({ method, headers, parameters }: ProviderSettings): SettingsIssue[] {
  if (method === 'GET' || parameters.kind !== 'raw') return []
  const own = headers.findIndex((row) => row.enabled && row.name.trim().toLowerCase() === 'content-type')
  const message = contentTypeIssue(headers[own]?.value ?? parameters.contentType)
  if (message === null) return []
  return [{ path: own < 0 ? ['parameters', 'contentType'] : ['headers', own, 'value'], message }]
}

function authIssues(auth: Auth): SettingsIssue[] {
  const issue = (field: string, message: string): SettingsIssue => ({ path: ['auth', field], message })
  if (auth.kind === 'basic' && auth.username === '' && auth.password === '')
    return [issue('username', 'Enter the user name, or choose no authentication.')]
  if (auth.kind === 'bearer' && auth.token === '')
    return [issue('token', 'Enter the token, or choose no authentication.')]
  if (auth.kind !== 'oauth2') return []
  const issues = rowIssues(auth.parameters, ['auth', 'parameters'], () => null)
  if (!/^https?:\/\/[^\s/?#]/i.test(auth.tokenUrl))
    issues.push(issue('tokenUrl', 'Enter the address that gives tokens, starting with https://.'))
  if (auth.clientId === '') issues.push(issue('clientId', 'Enter the client ID.'))
  return issues
}

function proxyIssues(proxy: Proxy): SettingsIssue[] {
  if (proxy.kind !== 'manual' || /^https?:\/\/[^\s/?#@]+\/?$/i.test(proxy.address)) return []
  const message = 'Enter the proxy as http://host:port; its user name and password have fields of their own.'
  return [{ path: ['connection', 'proxy', 'address'], message }]
}

function rowIssues(
  rows: readonly Row[],
  path: (string | number)[],
  nameIssue: (name: string) => string | null,
): SettingsIssue[] {
  return rows.flatMap((row, index) => {
    if (!row.enabled || (row.name.trim() === '' && row.value === '')) return []
    const message =
      row.name.trim() === '' ? 'Give this value a name, or switch the row off.' : nameIssue(row.name.trim())
    return message === null ? [] : [{ path: [...path, index, 'name'], message }]
  })
}

/** Set by the connection itself; a second one would make the request ambiguous. */
const ownedByConnection = [
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
]

/** What is wrong with the name of a header (RFC 9110, 5.1), in words, or null. */
export function headerNameIssue(name: string): string | null {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
    return 'A header name holds letters, digits and hyphens only.'
  if (ownedByConnection.includes(name.toLowerCase()))
    return `${name} is set by the connection itself; remove it.`
  return null
}
