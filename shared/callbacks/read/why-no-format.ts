import type { CallbackFormat } from '../format.ts'
import type { DecodedCallback } from './decode.ts'
import { meets } from './conditions.ts'
import type { Places } from './places.ts'

const mostNames = 8
const longestName = 40

/** Why no format fits, in words: what there is, and what the nearest format misses. */
export function whyNoFormat(
  { body, query, xml }: DecodedCallback,
  places: Places,
  formats: readonly CallbackFormat[],
): string {
  const names = xml ? [`<${xml.name}>`] : namesIn(body ?? query)
  const holds = names.length === 0 ? 'It holds no names.' : `It holds ${list(names)}.`
  if (formats.length === 0) return `${holds} How this provider’s callbacks read is not set yet.`
  const nearest = nearestOf(places, formats)
  return nearest === null
    ? `${holds} None of the known formats fits.`
    : `${holds} The nearest format, “${nearest.name}”, wants ${nearest.wants}.`
}

function namesIn(value: object): string[] {
  const inside: unknown = Array.isArray(value) ? value[0] : value
  return typeof inside === 'object' && inside !== null ? Object.keys(inside) : []
}

function list(names: readonly string[]): string {
  const shown = names
    .slice(0, mostNames)
    .map((name) => (name.length > longestName ? `${name.slice(0, longestName)}…` : name))
  return `${shown.join(', ')}${names.length > mostNames ? ` and ${names.length - mostNames} more` : ''}`
}

/** The format most of whose conditions hold, and the first that does not. */
function nearestOf(
  places: Places,
  formats: readonly CallbackFormat[],
): { name: string; wants: string } | null {
  let best = 0
  let nearest: { name: string; wants: string } | null = null
  for (const { name, when, itemsAt } of formats) {
    const [record] = places.records(itemsAt).records
    if (!record) continue
    const held = when.filter((condition) => meets(places, record, condition))
    const missing = when.find((condition) => !held.includes(condition))
    if (!missing || (nearest !== null && held.length <= best)) continue
    best = held.length
    nearest = { name, wants: missing.is ? `${missing.at} to be ${missing.is.join(' or ')}` : missing.at }
  }
  return nearest
}
