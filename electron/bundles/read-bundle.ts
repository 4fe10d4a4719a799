import { AppError } from '#shared/errors.ts'
import { bundleHeadSchema, bundleSchema, bundleVersion, type Bundle } from '#shared/bundle/format.ts'
import { deepestBundle, longestBundle, mostBundleValues } from '#shared/bundle/limits.ts'
import { sumOf } from './bundle-text.ts'

/** Throws `invalid_input` with words for whatever is wrong with the file. */
export function readBundle(text: string): Bundle {
  if (text.length > longestBundle) throw refusal('The file is too large to be a bundle.')
  const json = parse(text)
  lookThrough(json)
  const head = bundleHeadSchema.safeParse(json)
  if (!head.success) throw refusal('This is not a bundle that SMS Workbench has exported.')
  if (head.data.version > bundleVersion)
    throw refusal(
      `The bundle is of version ${head.data.version}; this program reads version ${bundleVersion}.`,
    )
  const parsed = bundleSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refusal(
      `The bundle cannot be read: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`,
    )
  }
  if (parsed.data.sum !== sumOf(json as object))
    throw refusal('The check sum is wrong: the bundle was changed or damaged after it was exported.')
  // JSON holds nothing that is undefined, which is all in which the two types differ.
  const bundle = parsed.data as unknown as Bundle
  refuseUnrelated(bundle)
  return bundle
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw refusal('The file is not JSON: it may be cut off, or not a bundle at all.')
  }
}

/** Before anything goes down into it by calling itself. */
function lookThrough(json: unknown): void {
  const waiting: { value: unknown; depth: number }[] = [{ value: json, depth: 0 }]
  let count = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next
    if (typeof value !== 'object' || value === null) continue
    if (depth >= deepestBundle) throw refusal('The file nests deeper than a bundle does.')
    if (Object.hasOwn(value, '__proto__')) throw refusal('The file holds a name that a bundle cannot have.')
    const inner = Object.values(value)
    count += inner.length
    if (count > mostBundleValues) throw refusal('The file holds more values than a bundle does.')
    for (const one of inner) waiting.push({ value: one, depth: depth + 1 })
  }
}

/** What names another part of the file has to find it. */
function refuseUnrelated({ providers, attempts, callbacks, message }: Bundle): void {
  const ids = providers.map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw refusal('The bundle holds a provider twice.')
  const named = [message, ...attempts, ...callbacks].map(({ providerId }) => providerId)
  if (named.some((id) => id !== null && !ids.includes(id)))
    throw refusal('The bundle names a provider that it does not hold.')
  const inOrder = attempts.every(({ position }, index) => position === index + 1)
  if (!inOrder) throw refusal('The attempts of the bundle are not numbered in order.')
  const known = ({ attempt }: { attempt: number | null }) => attempt === null || attempt <= message.attempts
  if (!callbacks.every(({ items }) => items.every(known)))
    throw refusal('A callback of the bundle names an attempt that there was not.')
}

function refusal(message: string): AppError {
  return new AppError('invalid_input', message, { issues: [{ path: 'text', message }] })
}
