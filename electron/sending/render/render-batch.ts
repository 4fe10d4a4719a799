import { findBatchRecord } from '#shared/json-batch.ts'
import { placeholderNamesOf } from '#shared/settings-texts.ts'
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
  for (const name of sharedNames(settings, batch.array)) {
    if (messages.some((one) => one[name] !== values[name])) {
      const message = `The messages of a batch differ in $$${name}, which stands outside the record in “${batch.array}”.`
      throw new UnrenderableError(message)
    }
  }
  return renderRequest(settings, { ...context, values, messages })
}

const known = new WeakMap<ProviderSettings, string[]>()

/** The placeholders that stand anywhere but in the record. */
function sharedNames(settings: ProviderSettings, array: string): string[] {
  let names = known.get(settings)
  if (!names) {
    names = placeholderNamesOf({ ...settings, parameters: withoutRecord(settings.parameters, array) })
    known.set(settings, names)
  }
  return names
}

function withoutRecord(parameters: ProviderSettings['parameters'], array: string): typeof parameters {
  if (parameters.kind !== 'raw') return parameters
  const record = findBatchRecord(parameters.text, array)
  if (!record.ok) throw new UnrenderableError(record.issue)
  return { ...parameters, text: parameters.text.slice(0, record.start) + parameters.text.slice(record.end) }
}
