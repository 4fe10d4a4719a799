import type { VendorApi } from '#shared/catalogue/entry.ts'
import type { VendorCallbacks } from '#shared/callbacks/format.ts'
import { firstAt, textOf, valueAt, type VendorRequest } from '../vendor/vendor-request.ts'

/** Where a request to an API tells what its vendor calls back with. */
export interface CallbackSources {
  reference: string[]
  address: string[]
  account: [name: string, source: string][]
  /** Null: no request holds what callbacks are signed with. */
  key: { user: string | null } | null
}

/** Found in the request that the catalogue describes, by what it puts there. */
export function callbackSources({ request }: VendorApi, callbacks: VendorCallbacks | null): CallbackSources {
  const places = placesOf(request.body)
  const holding = (text: string) =>
    places.filter(([, value]) => value.includes(text)).map(([source]) => source)
  const named = JSON.stringify(callbacks?.imitated ?? []).matchAll(/\{\{account\.(\w+)\}\}/g)
  return {
    reference: holding('$$MessageID'),
    address: (callbacks?.addressFields ?? []).flatMap((field) => holding(`{{field:${field}}}`)),
    account: [...new Set([...named].map(([, name = '']) => name))].flatMap((name) => {
      const [source] = places.filter(([, value]) => value === `{{field:${name}}}`).map(([at]) => at)
      const parts: [string, string][] = [[name, `path.${name}`]]
      return source === undefined ? parts : [[name, source], ...parts]
    }),
    key: keySource(request.auth, callbacks),
  }
}

/** Each text of the described body with the source that reads it from a request. */
function placesOf(body: VendorApi['request']['body']): [source: string, value: string][] {
  if (body.kind === 'form') return body.rows.map(({ name, value }) => [`field.${name}`, value])
  const found: [string, string][] = []
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') found.push([`body.${path}`, value])
    else if (Array.isArray(value)) value.forEach((one, index) => walk(one, `${path}[${index}]`))
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) walk(one, path === '' ? name : `${path}.${name}`)
  }
  walk(body.value, '')
  return found
}

/** The password of basic credentials may be the very key; of several that may stand there it is the last. */
function keySource(
  auth: VendorApi['request']['auth'],
  callbacks: VendorCallbacks | null,
): CallbackSources['key'] {
  if (auth.kind !== 'basic' || !callbacks?.signature) return null
  const secrets = /^\{\{secret:([^}]+)\}\}$/.exec(auth.password)?.[1]?.split('|') ?? []
  if (secrets.at(-1) !== callbacks.signature.key) return null
  const users = /^\{\{field:([^}]+)\}\}$/.exec(auth.username)?.[1]?.split('|') ?? []
  return { user: users.length > 1 ? `path.${users.at(-1)}` : null }
}

/** What a request says of its callbacks. */
export function readSources(request: VendorRequest, sources: CallbackSources) {
  const account: Record<string, string> = {}
  for (const [name, source] of sources.account) account[name] ||= textOf(valueAt(request, source))
  const { key } = sources
  const ofAccount =
    key && (key.user === null || valueAt(request, key.user) === valueAt(request, 'basic.user'))
  return {
    reference: textOf(firstAt(request, sources.reference)),
    address: addressIn(textOf(firstAt(request, sources.address))),
    account,
    key: ofAccount ? textOf(valueAt(request, 'basic.password')) : '',
  }
}

/** The address may stand in JSON of its own, as in `{"url":"…"}`. */
export function addressIn(text: string): string {
  return /^https?:/i.test(text)
    ? text.trim()
    : (/https?:\/\/[^\s"'<>\\]+/i.exec(text.replaceAll('\\/', '/'))?.[0] ?? '')
}
