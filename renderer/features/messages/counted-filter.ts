import type { LocationQuery } from 'vue-router'
import { countedErrorsSchema, type CountedErrors } from '#shared/stats/counted-errors.ts'
import type { StatsScope } from '#shared/stats/query.ts'

/** The parts of the log's address that say which errors of the stats are meant. */
export const countedParts = [
  'error',
  'error-code',
  'error-words',
  'error-of',
  'error-since',
  'error-until',
] as const
type CountedParts = Record<(typeof countedParts)[number], string | null>

/** Null where the address asks for none, or for something that cannot be. */
export function countedOf(query: LocationQuery | Record<string, string>): CountedErrors | null {
  const text = (name: (typeof countedParts)[number]) =>
    typeof query[name] === 'string' ? query[name] : undefined
  const [kind, code] = text('error')?.split('.') ?? []
  const counted = {
    class: kind,
    code,
    vendorCode: text('error-code') ?? '',
    words: text('error-words') ?? '',
    scope: scopeOf(text('error-of') ?? 'all'),
    since: Date.parse(text('error-since') ?? ''),
    until: Date.parse(text('error-until') ?? ''),
  }
  return countedErrorsSchema.safeParse(counted).data ?? null
}

export function partsOfCounted(counted: CountedErrors | null): CountedParts {
  return {
    error: counted && `${counted.class}.${counted.code}`,
    'error-code': counted?.vendorCode || null,
    'error-words': counted?.words || null,
    'error-of': counted && counted.scope.kind !== 'all' ? `${counted.scope.kind}.${counted.scope.id}` : null,
    'error-since': counted && minuteOf(counted.since),
    'error-until': counted && minuteOf(counted.until),
  }
}

function scopeOf(text: string): Partial<StatsScope> {
  const [kind, id] = text.split('.')
  return { kind, id } as Partial<StatsScope>
}

/** In Greenwich, so that it means the same everywhere: `2026-03-29T14:15Z`. */
function minuteOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, -8)}Z`
}
