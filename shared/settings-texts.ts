import { dependsOnEncoding, placeholdersIn, secretsIn } from './placeholders.ts'
import type { Auth, ProviderSettings, Proxy, Row } from './settings.ts'

/** Every text of the settings in which a placeholder or a secret may stand. */
function templatesOf(settings: ProviderSettings, withRow: (row: Row) => boolean): string[] {
  const { parameters } = settings
  const texts = [
    settings.endpoint,
    ...authTexts(settings.auth, withRow),
    ...proxyTexts(settings.connection.proxy),
  ]
  const rows = parameters.kind === 'form' ? [...settings.headers, ...parameters.rows] : settings.headers
  for (const row of rows) if (withRow(row)) texts.push(row.value)
  if (parameters.kind === 'raw') texts.push(parameters.text)
  return texts
}

function authTexts(auth: Auth, withRow: (row: Row) => boolean): string[] {
  switch (auth.kind) {
    case 'none':
      return []
    case 'basic':
      return [auth.username, auth.password]
    case 'bearer':
      return [auth.token]
    case 'oauth2':
      return [
        auth.tokenUrl,
        auth.clientId,
        auth.clientSecret,
        auth.scope,
        ...auth.parameters.filter(withRow).map((row) => row.value),
      ]
  }
}

function proxyTexts(proxy: Proxy): string[] {
  return proxy.kind === 'manual' ? [proxy.username, proxy.password] : []
}

/** Rows that are switched off keep their secrets, for when they are switched on again. */
export function secretNamesOf(settings: ProviderSettings): string[] {
  return [...secretsIn(templatesOf(settings, () => true))].sort()
}

/** What a message needs values for: rows that are switched off need none. */
export function placeholderNamesOf(settings: ProviderSettings): string[] {
  return [...placeholdersIn(templatesOf(settings, (row) => row.enabled))].sort()
}

/** Filled in from the message itself. */
const given = new Set(['To', 'Body', 'MessageID', 'From'])

/** The placeholders whose values are asked for when a message is sent. */
export function askedPlaceholders(settings: ProviderSettings): string[] {
  return placeholderNamesOf(settings).filter((name) => !given.has(name))
}

/** Whether a request is another one for a text in UCS-2, whatever its placeholders stand for. */
export function usesEncoding(settings: ProviderSettings): boolean {
  return templatesOf(settings, (row) => row.enabled).some(dependsOnEncoding)
}
