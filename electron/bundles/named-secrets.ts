import type { MaskedText } from '#shared/attempt.ts'
import { secretsIn } from '#shared/placeholders.ts'
import { soundsSecret } from '#shared/secret-names.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import type { BundleAttempt } from '#shared/bundle/attempt-schema.ts'

type Named = [name: string, value: string]

const pairs = [
  /(?:^|[?&\n])([^=&?#\s<>"]{1,200})=([^&#\s]{1,20000})/g,
  /"([^"\\]{1,200})"\s*:\s*"((?:\\.|[^"\\]){1,20000})"/g,
  /<(?:[A-Za-z]+:)?([A-Za-z_][\w.-]{0,200})(?:\s[^<>]{0,500})?>([^<]{1,20000})</g,
]

/** Fields of a query, a form, JSON or XML, with their values as they are written. */
export function fieldsIn(text: string): Named[] {
  return pairs.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, name = '', value = '']): Named => [name, value]),
  )
}

/** Values that are typed in clear though their names tell of a secret. */
export function plainSecretsOf({
  auth,
  headers,
  parameters,
  endpoint,
  connection,
}: ProviderSettings): string[] {
  const rows = [...headers, ...(parameters.kind === 'form' ? parameters.rows : [])]
  const named: Named[] = [
    ...rows.map(({ name, value }): Named => [name, value]),
    ...fieldsIn(endpoint),
    ...(parameters.kind === 'raw' ? fieldsIn(parameters.text) : []),
  ]
  if (auth.kind === 'oauth2')
    named.push(...auth.parameters.map(({ name, value }): Named => [name, value]), [
      'client secret',
      auth.clientSecret,
    ])
  if (auth.kind === 'basic') named.push(['password', auth.password])
  if (auth.kind === 'bearer') named.push(['token', auth.token])
  if (connection.proxy.kind === 'manual') named.push(['password', connection.proxy.password])
  return valuesOf(named)
}

/** The same of a request that went out when the settings may have been others. */
export function plainSecretsSent({ request }: BundleAttempt): string[] {
  if (!request) return []
  const plain = (text: MaskedText) =>
    text.map((part) => (typeof part === 'string' ? part : '{{secret:x}}')).join('')
  return valuesOf([
    ...request.headers.map(({ name, value }): Named => [name, plain(value)]),
    ...fieldsIn(plain(request.url)),
    ...fieldsIn(plain(request.body)),
  ])
}

/** With the part of a credential that follows the word for its kind, as answers tell of it alone. */
function valuesOf(named: readonly Named[]): string[] {
  return named
    .filter(([name, value]) => soundsSecret(name) && !value.includes('$$') && secretsIn([value]).size === 0)
    .flatMap(([, value]) => {
      const parts = value.trim().split(/\s+/)
      return parts.length === 2 && (parts[1]?.length ?? 0) >= 6 ? [value, parts[1] ?? ''] : [value]
    })
}
