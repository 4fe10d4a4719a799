import type { CallbackFormat, ImitatedCallback, VendorCallbacks } from '../callbacks/format.ts'
import type { Vendor } from './entry.ts'
import { at, repeated, unknown, type Issue } from './entry-issue.ts'

/** What a schema of shapes cannot see in how a vendor calls back. */
export function callbackIssues({ callbacks, fields, apis, codes }: Vendor): Issue[] {
  if (callbacks === null) return []
  const keys = new Set(fields.map(({ key }) => key))
  const known = {
    apis: new Set(apis.map(({ id }) => id)),
    plain: new Set(fields.filter(({ secret }) => !secret).map(({ key }) => key)),
    codes: new Set(codes.map(({ code }) => code.toLowerCase())),
  }
  const path = ['callbacks']
  return [
    ...unknown(callbacks.addressFields, keys, [...path, 'addressFields']),
    ...unknown(callbacks.signature ? [callbacks.signature.key] : [], keys, [...path, 'signature', 'key']),
    ...repeated(callbacks.formats.map(({ name }) => name)).map((name) =>
      at([...path, 'formats'], `“${name}” is there twice.`),
    ),
    ...callbacks.formats.flatMap((format, index) =>
      formatIssues(format, known.apis, [...path, 'formats', index]),
    ),
    ...callbacks.imitated.flatMap((one, index) =>
      imitatedIssues(one, callbacks, known, [...path, 'imitated', index]),
    ),
  ]
}

/** What each kind has to tell, any of each list: without it a record could never do anything. */
const wanted: Record<CallbackFormat['kind'], (keyof CallbackFormat)[][]> = {
  receipt: [['status'], ['id', 'reference', 'to']],
  reply: [['from'], ['text']],
  click: [['id', 'reference', 'to']],
  optOut: [['from']],
}

function formatIssues(format: CallbackFormat, apis: ReadonlySet<string>, path: Issue['path']): Issue[] {
  const lacking = wanted[format.kind].filter((names) => names.every((name) => !hasPlaces(format[name])))
  return [
    ...unknown(format.apis ?? [], apis, [...path, 'apis']),
    ...lacking.map((names) => at(path, `A ${format.kind} needs a place for ${names.join(' or ')}.`)),
    ...(format.kind === 'receipt' && Object.keys(format.statuses).length === 0
      ? [at([...path, 'statuses'], 'A receipt needs words for the states.')]
      : []),
  ]
}

const hasPlaces = (value: unknown) => Array.isArray(value) && value.length > 0

const templateNames = new Set([
  'id',
  'reference',
  'to',
  'from',
  'word',
  'code',
  'codeText',
  'text',
  'url',
  'shortUrl',
  'uuid',
  'time',
])

function imitatedIssues(
  { format: name, apis = [], template, words, errorCodes }: ImitatedCallback,
  { formats }: VendorCallbacks,
  known: Record<'apis' | 'plain' | 'codes', ReadonlySet<string>>,
  path: Issue['path'],
): Issue[] {
  const format = formats.find((one) => one.name === name)
  if (!format) return unknown([name], new Set(), [...path, 'format'])
  const names = namesIn(template)
  const fields = names.filter((one) => one.startsWith('account.')).map((one) => one.slice('account.'.length))
  const codes = new Set([...known.codes, ...format.codes.map(({ code }) => code.toLowerCase())])
  return [
    ...unknown(apis, known.apis, [...path, 'apis']),
    ...unknown(
      names.filter((one) => !one.startsWith('account.')),
      templateNames,
      [...path, 'template'],
    ),
    ...unknown(fields, known.plain, [...path, 'template']),
    ...Object.entries(words).flatMap(([state, word]) =>
      format.statuses[word] === state ? [] : [at([...path, 'words'], `“${word}” is no word for ${state}.`)],
    ),
    ...unknown(
      Object.values(errorCodes).filter((code) => !codes.has(code.toLowerCase())),
      new Set(),
      [...path, 'errorCodes'],
    ),
  ]
}

/** What the texts of a template refer to, `{{…}}` and `{"$value": "…"}`. */
function namesIn(template: unknown): string[] {
  const text = JSON.stringify(template)
  const found = text.matchAll(/\{\{([^{}]*)\}\}|\{"\$value":"([^"]*)"\}/g)
  return [...found].map(([, name, value]) => (name ?? value ?? '').trim())
}
