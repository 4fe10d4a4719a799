import { rawKindOf } from './body-kind.ts'
import { findBatchRecord } from './json-batch.ts'
import { dependsOnEncoding, placeholdersIn } from './placeholders.ts'
import type { SettingsIssue } from './settings-checks.ts'
import type { ProviderSettings } from './settings.ts'

/** Differ from message to message, so that a batch can hold them in its records only. */
const ofOneMessage = ['To', 'Body', 'MessageID']

/** What keeps a batch from being made of a body. */
export function batchIssues(settings: ProviderSettings): SettingsIssue[] {
  const { batch, method, parameters } = settings
  if (batch === null || batch.array === '') return []
  if (method === 'GET' || parameters.kind !== 'raw' || rawKindOf(contentTypeOf(settings)) !== 'json') {
    return [{ path: ['batch', 'array'], message: 'Batches need a POST request with a raw JSON body.' }]
  }
  const record = findBatchRecord(parameters.text, batch.array)
  if (!record.ok) {
    const path = record.field === 'array' ? ['batch', 'array'] : ['parameters', 'text']
    return [{ path, message: record.issue }]
  }
  const outside = parameters.text.slice(0, record.start) + parameters.text.slice(record.end)
  return [
    ...sharedIssues(outside, ['parameters', 'text'], batch.array),
    ...sharedIssues(settings.endpoint, ['endpoint'], batch.array),
    ...settings.headers.flatMap((row, index) =>
      row.enabled ? sharedIssues(row.value, ['headers', index, 'value'], batch.array) : [],
    ),
  ]
}

/** The user's own header decides over the field. */
function contentTypeOf({ headers, parameters }: ProviderSettings): string {
  const own = headers.find(({ enabled, name }) => enabled && name.trim().toLowerCase() === 'content-type')
  return own?.value ?? (parameters.kind === 'raw' ? parameters.contentType : '')
}

function sharedIssues(template: string, path: (string | number)[], array: string): SettingsIssue[] {
  const names = placeholdersIn([template])
  const [first] = ofOneMessage.filter((one) => names.has(one))
  const name = first === undefined ? dependsOnEncoding(template) && '{{encoding:…}}' : `$$${first}`
  if (name === false) return []
  const message = `${name} stands outside the record in “${array}”, so all messages of a batch would share it.`
  return [{ path, message }]
}
