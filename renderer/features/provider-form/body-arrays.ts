import { withStandIns } from '#shared/placeholders.ts'

/** The keys of a JSON body's root object that hold an array: those whose record a batch could repeat. */
export function rootArrays(template: string): string[] {
  try {
    const body: unknown = JSON.parse(withStandIns(template))
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return []
    return Object.entries(body).flatMap(([key, value]) => (Array.isArray(value) ? [key] : []))
  } catch {
    return []
  }
}
