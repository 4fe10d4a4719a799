import { stepsOf } from '../../json-path.ts'
import { readAlternatives } from '../../reading-expression.ts'
import { readXml } from '../../xml-path.ts'
import type { DecodedCallback } from './decode.ts'
import { readJson } from './decode-json.ts'

/** A record of a request: its value, and what stands around it, from inside to outside. */
export interface RecordPlace {
  value: unknown
  around: readonly unknown[]
}

/**
 * Looks values up in one request. What was looked for in a structure is remembered, and so is what a text that is JSON
 * holds: a request with many records, all of which look around themselves, takes no longer for that.
 */
export class Places {
  private readonly decoded: DecodedCallback
  private readonly found = new WeakMap<object, Map<string, unknown>>()
  private readonly keys = new WeakMap<object, Map<string, string>>()
  private readonly texts = new Map<string, object | null>()

  constructor(decoded: DecodedCallback) {
    this.decoded = decoded
  }

  /** The records of a request, the innermost of each first; `isEmpty` where the place holds a list of none. */
  records(itemsAt: string): { records: RecordPlace[]; isEmpty: boolean } {
    let isEmpty = false
    for (const expression of readAlternatives(itemsAt)) {
      if (expression.kind !== 'json' && expression.kind !== 'none') continue
      // A request that holds a single record is as good as a list of one.
      const steps = expression.kind === 'none' ? [null] : stepsOf(expression.path)
      const reached = this.walk(this.whole, steps)
      if (reached.records.length > 0) return { records: reached.records, isEmpty: false }
      isEmpty ||= reached.isEmpty
    }
    return { records: [], isEmpty }
  }

  /** What is at a place of a record: in itself, around it, in XML, in the query; undefined where there is nothing. */
  find({ value, around }: RecordPlace, place: string): unknown {
    for (const scope of [value, ...around]) {
      const found = this.inScope(scope, place)
      if (isThere(found)) return found
    }
    const found = this.inXml(place)
    if (isThere(found)) return found
    return this.inScope(this.decoded.query, place)
  }

  private get whole(): object {
    return this.decoded.body ?? this.decoded.query
  }

  private inScope(scope: unknown, place: string): unknown {
    if (typeof scope !== 'object' || scope === null) return this.read(scope, place)
    const known = this.found.get(scope) ?? new Map<string, unknown>()
    this.found.set(scope, known)
    if (!known.has(place)) known.set(place, this.read(scope, place))
    return known.get(place)
  }

  private read(scope: unknown, place: string): unknown {
    for (const expression of readAlternatives(place)) {
      if (expression.kind !== 'json') continue
      const found = this.first(scope, stepsOf(expression.path), 0)
      if (isThere(found)) return found
    }
    return undefined
  }

  /** The first value that is there. */
  private first(value: unknown, steps: readonly (string | null)[], at: number): unknown {
    const step = steps[at]
    if (step === undefined) return value
    if (step !== null) return this.first(this.member(value, step), steps, at + 1)
    for (const element of elementsOf(this.structure(value))) {
      const found = this.first(element, steps, at + 1)
      if (isThere(found)) return found
    }
    return undefined
  }

  private inXml(place: string): unknown {
    if (this.decoded.xml === null) return undefined
    for (const expression of readAlternatives(place)) {
      const found =
        expression.kind === 'xml' ? readXml(this.decoded.xml, expression.path).find(isThere) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }

  private walk(
    whole: unknown,
    steps: readonly (string | null)[],
  ): { records: RecordPlace[]; isEmpty: boolean } {
    let records: RecordPlace[] = [{ value: whole, around: [] }]
    let isEmpty = false
    for (const step of steps) {
      const next: RecordPlace[] = []
      for (const { value, around } of records) {
        const inside = this.structure(value)
        if (step === null) {
          const elements: unknown[] = Array.isArray(inside) ? inside : [value]
          isEmpty ||= elements.length === 0
          for (const element of elements) next.push({ value: element, around })
        } else {
          const found = this.member(inside, step)
          if (isThere(found)) next.push({ value: found, around: [inside, ...around] })
        }
      }
      records = next
    }
    return { records, isEmpty }
  }

  /** By its name as it is written, then whatever its case. */
  private member(value: unknown, step: string): unknown {
    const inside = this.structure(value)
    if (typeof inside !== 'object' || inside === null) return undefined
    if (Object.hasOwn(inside, step)) return (inside as Record<string, unknown>)[step]
    const name = this.namesOf(inside).get(step.toLowerCase())
    return name === undefined ? undefined : (inside as Record<string, unknown>)[name]
  }

  private namesOf(inside: object): Map<string, string> {
    const known = this.keys.get(inside)
    if (known) return known
    const names = new Map<string, string>()
    if (!Array.isArray(inside))
      for (const name of Object.keys(inside))
        if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name)
    this.keys.set(inside, names)
    return names
  }

  /** A text that is JSON stands for what it holds. */
  private structure(value: unknown): unknown {
    if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
    const known = this.texts.get(value)
    if (known !== undefined) return known ?? value
    const read = readJson(value)?.value ?? null
    this.texts.set(value, read)
    return read ?? value
  }
}

function elementsOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

export function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}
