import { isGsm7 } from '#shared/gsm7.ts'
import { findBatchRecord } from '#shared/json-batch.ts'
import { placeholderNamesOf, usesEncoding } from '#shared/settings-texts.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { UnrenderableError } from './escape.ts'
import type { PlaceholderValues, RenderContext } from './render-template.ts'
import { renderRequest, type RenderedRequest } from './render.ts'

/**
 * Builds one request of several messages: the record of the batch is repeated for each, and all else is shared. Throws
 * `UnrenderableError` as `renderRequest` does, and where a value that is shared differs between the messages.
 */
export function renderBatch(
  settings: ProviderSettings,
  context: Omit<RenderContext, 'values' | 'messages'>,
  messages: readonly PlaceholderValues[],
): RenderedRequest {
  const [values] = messages
  const { batch } = settings
  if (batch === null || !values || messages.length > batch.size)
    throw new Error(`a batch of ${batch?.size ?? 0} cannot hold ${messages.length} messages`)
  const shared = sharedBy(settings, batch.array)
  for (const name of shared.names) {
    if (messages.some((one) => one[name] !== values[name])) throw differ(`$$${name}`, batch.array)
  }
  if (shared.encoding && new Set(messages.map((one) => isGsm7(one['Body'] ?? ''))).size > 1)
    throw differ('{{encoding:…}}', batch.array)
  return renderRequest(settings, { ...context, values, messages })
}

function differ(what: string, array: string): UnrenderableError {
  return new UnrenderableError(
    `The messages of a batch differ in ${what}, which stands outside the record in “${array}”.`,
  )
}

interface Shared {
  names: string[]
  encoding: boolean
}

const known = new WeakMap<ProviderSettings, Shared>()

/** What stands anywhere but in the record. */
function sharedBy(settings: ProviderSettings, array: string): Shared {
  let shared = known.get(settings)
  if (!shared) {
    const outside = { ...settings, parameters: withoutRecord(settings.parameters, array) }
    shared = { names: placeholderNamesOf(outside), encoding: usesEncoding(outside) }
    known.set(settings, shared)
  }
  return shared
}

function withoutRecord(parameters: ProviderSettings['parameters'], array: string): typeof parameters {
  if (parameters.kind !== 'raw') return parameters
  const record = findBatchRecord(parameters.text, array)
  if (!record.ok) throw new UnrenderableError(record.issue)
  return { ...parameters, text: parameters.text.slice(0, record.start) + parameters.text.slice(record.end) }
}
