import { stepsOf } from '#shared/json-path.ts'
import type { DecodedCallback } from '#shared/callbacks/read/decode.ts'
import { noFields } from '#shared/callbacks/read/decode-form.ts'
import { readJson } from '#shared/callbacks/read/decode-json.ts'
import { isThere, Places, type RecordPlace } from '#shared/callbacks/read/places.ts'
import { readAlternatives } from '#shared/reading-expression.ts'
import { spellPath, type Step } from '../answer/lay-out.ts'

/** Where a value of a request stands: in what it holds, in the query beside that, or in its XML. */
export type FieldPlace = { in: 'whole' | 'query'; steps: readonly Step[] } | { in: 'xml'; path: string }

interface Scope {
  value: unknown
  steps: readonly Step[]
}

/**
 * Names the places of one request as a mapping with `itemsAt` reads them: within the record, else within what stands
 * around it.
 */
export class SamplePlaces {
  private readonly whole: object
  private readonly query: object
  private readonly bare: Places
  private readonly pattern: readonly (string | null)[]
  /** The first that a mapping reads. */
  private readonly firstRecord: RecordPlace | undefined

  constructor(decoded: DecodedCallback, itemsAt: string) {
    this.whole = wholeOf(decoded)
    this.bare = new Places({ ...decoded, xml: null, query: noFields() })
    this.query = decoded.query
    this.pattern = patternOf(decoded, itemsAt)
    this.firstRecord = new Places(decoded).records(itemsAt).records[0]
  }

  /** Null where no path leads there: something else is read before it, or a name cannot be spelt. */
  pathOf(place: FieldPlace): string | null {
    if (place.in === 'xml') return place.path
    if (place.in === 'query') {
      const path = spellPath(place.steps)
      const record = this.firstRecord ?? { value: null, around: [] }
      return path === null || isThere(this.bare.find(record, path)) ? null : path
    }
    const scopes = this.scopes(place.steps)
    for (const [index, scope] of scopes.entries()) {
      const path = isWithin(place.steps, scope.steps)
        ? spellPath(place.steps.slice(scope.steps.length))
        : null
      if (path !== null && !scopes.slice(0, index).some(({ value }) => this.holds(value, path))) return path
    }
    return null
  }

  /** Where a path leads to in this request; null: nowhere, or into its XML. */
  locate(path: string): FieldPlace | null {
    for (const { value, steps } of this.scopes([])) {
      const found = stepsTo(value, stepsOf(path))
      if (found) return { in: 'whole', steps: [...steps, ...found] }
    }
    const found = stepsTo(this.query, stepsOf(path))
    return found && { in: 'query', steps: found }
  }

  private holds(scope: unknown, path: string): boolean {
    return isThere(this.bare.find({ value: scope, around: [] }, path))
  }

  /** The record that holds the place, or the first one, and what stands around it, from inside to outside. */
  private scopes(place: readonly Step[]): Scope[] {
    let scope: Scope = { value: this.whole, steps: [] }
    let around: Scope[] = []
    for (const wanted of this.pattern) {
      const inside = insideOf(scope.value)
      if (wanted === null) {
        if (!Array.isArray(inside)) continue
        const index = isWithin(place, scope.steps) ? Number(place[scope.steps.length] ?? 0) : 0
        scope = { value: inside[index], steps: [...scope.steps, index] }
      } else {
        const step = stepIn(inside, wanted)
        if (step === null) return []
        around = [{ value: inside, steps: scope.steps }, ...around]
        scope = { value: (inside as Record<Step, unknown>)[step], steps: [...scope.steps, step] }
      }
    }
    return [scope, ...around]
  }
}

export function wholeOf({ body, query }: DecodedCallback): object {
  return body ?? query
}

/** A text that is JSON stands for what it holds. */
export function insideOf(value: unknown): unknown {
  return typeof value === 'string' ? (readJson(value)?.value ?? value) : value
}

/** The alternative that finds records here; of none, the whole request is the record. */
function patternOf(decoded: DecodedCallback, itemsAt: string): readonly (string | null)[] {
  const places = new Places(decoded)
  for (const expression of readAlternatives(itemsAt)) {
    if (expression.kind === 'none') return [null]
    if (expression.kind === 'json' && places.records(expression.path).records.length > 0)
      return stepsOf(expression.path)
  }
  return []
}

const isWithin = (place: readonly Step[], outer: readonly Step[]) =>
  outer.length <= place.length && outer.every((step, at) => String(step) === String(place[at]))

/** The member that a step names: as it is written, then whatever its case. */
function stepIn(value: unknown, step: string): Step | null {
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) return /^\d+$/.test(step) && Object.hasOwn(value, step) ? Number(step) : null
  if (Object.hasOwn(value, step)) return step
  return Object.keys(value).find((key) => key.toLowerCase() === step.toLowerCase()) ?? null
}

/** The steps by which a path comes to the first value that is there. */
function stepsTo(value: unknown, path: readonly (string | null)[]): Step[] | null {
  const [step, ...rest] = path
  if (step === undefined) return isThere(value) ? [] : null
  const inside = insideOf(value)
  if (typeof inside !== 'object' || inside === null) return null
  const named = step === null ? Object.keys(inside).map((key) => stepIn(inside, key)) : [stepIn(inside, step)]
  for (const one of named) {
    const found = one === null ? null : stepsTo((inside as Record<Step, unknown>)[one], rest)
    if (found && one !== null) return [one, ...found]
  }
  return null
}
