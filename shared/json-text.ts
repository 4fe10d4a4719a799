export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A number with the digits that it was written with: a long id would lose its end as a number. */
export class WrittenNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type WrittenValue =
  null | boolean | string | WrittenNumber | WrittenValue[] | { [key: string]: WrittenValue }

/** Reads JSON with its numbers as they are written; null where it is none. */
export function readAsWritten(text: string): { value: WrittenValue } | null {
  try {
    return { value: JSON.parse(text, keepDigits) as WrittenValue }
  } catch {
    return null
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? new WrittenNumber(context?.source ?? String(value)) : value
}

/** Whole numbers that do not fit a number, as ids such as 12345678901234567890, are texts as they are written. */
export function parseKeepingLongIntegers(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, keepLongIntegers) : JSON.parse(text)
}

function keepLongIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !source) return value
  return /^-?\d+$/.test(source) ? source : value
}
