import type { CurlImport } from '#shared/curl/import-result.ts'
import type { Shell } from '#shared/curl/shells.ts'
import type { Role } from '#shared/curl/draft/slot.ts'
import { emptySettings, type ProviderSettings } from '#shared/settings.ts'

/** What an import is expected to be, whole: what is left out here must not be there either. */
export interface Expected {
  /** Default: sh. */
  shell?: Shell
  /** Method and endpoint; missing where no request can be made. */
  request?: string
  name?: string
  /** `basic user : password`, `bearer token`. */
  auth?: string
  headers?: string[]
  /** Rows as `name=value`, those that are off with `off` in front. */
  form?: string[]
  /** Content type, a line break and the text. */
  raw?: string
  from?: string
  /** What the sample had where the number and the text are now. */
  to?: string
  body?: string
  number?: ProviderSettings['numberFormat']
  secrets?: Record<string, string>
  /** Time-outs and connection, where they are not the usual ones. */
  timeouts?: ProviderSettings['timeouts']
  proxy?: string
  /** Values that are asked about, as `where: role`. */
  choices?: string[]
  /** As `kind what`. */
  notes?: string[]
  problem?: string
}

export interface CorpusCase {
  title: string
  command: string
  expected: Expected
}

/** An import in the form in which the corpus writes it down; what is as usual is left out. */
export function summarise(result: CurlImport): Expected {
  const { draft, shell, notes, choices, problem } = result
  const usual = emptySettings()
  const summary: Expected = {
    ...(shell === 'sh' ? {} : { shell }),
    ...(problem === '' ? {} : { problem }),
    ...listed(
      'choices',
      choices.map(({ where, role }) => `${where}: ${role}`),
    ),
    ...listed(
      'notes',
      notes.map(({ kind, what }) => `${kind} ${what}`),
    ),
  }
  if (!draft) return summary
  const { settings, secrets, name } = draft
  const { parameters, connection, timeouts } = settings
  const rows = (list: typeof settings.headers, join: string) =>
    list.map((row) => `${row.enabled ? '' : 'off '}${row.name}${join}${row.value}`)
  return {
    ...summary,
    request: `${settings.method} ${settings.endpoint}`,
    ...(name === 'Example' ? {} : { name }),
    ...authOf(settings),
    ...listed('headers', rows(settings.headers, ': ')),
    ...(parameters.kind === 'form'
      ? listed('form', rows(parameters.rows, '='))
      : { raw: `${parameters.contentType}\n${parameters.text}` }),
    ...valueOf(result, 'To', 'to'),
    ...valueOf(result, 'Body', 'body'),
    ...(settings.from === '' ? {} : { from: settings.from }),
    ...(settings.numberFormat === 'e164' ? {} : { number: settings.numberFormat }),
    ...(Object.keys(secrets).length > 0 ? { secrets: { ...secrets } } : {}),
    ...(JSON.stringify(timeouts) === JSON.stringify(usual.timeouts) ? {} : { timeouts }),
    ...(connection.proxy.kind === 'manual'
      ? { proxy: `${connection.proxy.address} ${connection.proxy.username}:${connection.proxy.password}` }
      : {}),
  }
}

function authOf({ auth }: ProviderSettings): Pick<Expected, 'auth'> {
  if (auth.kind === 'basic') return { auth: `basic ${auth.username} : ${auth.password}` }
  return auth.kind === 'bearer' ? { auth: `bearer ${auth.token}` } : {}
}

function valueOf(result: CurlImport, role: Role, key: 'to' | 'body'): Expected {
  const found = [...result.replaced, ...result.choices].find((value) => value.role === role)
  return found ? { [key]: found.value } : {}
}

function listed<Key extends string, Item>(key: Key, items: Item[]): Partial<Record<Key, Item[]>> {
  return items.length > 0 ? ({ [key]: items } as Partial<Record<Key, Item[]>>) : {}
}
