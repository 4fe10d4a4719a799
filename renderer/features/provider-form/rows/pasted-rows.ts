import { readAsWritten, WrittenNumber, type WrittenValue } from '#shared/json-text.ts'
import type { Row } from '#shared/settings.ts'

export interface PastedInto {
  cell: 'name' | 'value'
  /** Neither name nor value was there before. */
  emptyRow: boolean
}

/**
 * The rows that a pasted text stands for, or null where it is just text. Into a name, one pair is enough while the row
 * is empty; into a value, only several lines are rows, as a value may well hold `=` or `&`.
 */
export function pastedRows(text: string, { cell, emptyRow }: PastedInto): Row[] | null {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  if (cell === 'value' && (!emptyRow || lines.length < 2)) return null
  const rows = objectRows(text) ?? (lines.length === 1 ? queryRows(text) : null) ?? lineRows(lines)
  if (!rows || rows.length === 0) return null
  return rows.length > 1 || emptyRow ? rows : null
}

/** A JSON object of plain values, or its members without the braces. Numbers stay digit by digit. */
function objectRows(text: string): Row[] | null {
  const trimmed = text.trim().replace(/,$/, '')
  if (!/^[{"]/.test(trimmed)) return null
  const read = readAsWritten(trimmed.startsWith('{') ? trimmed : `{${trimmed}}`)
  const members = Object.entries(read?.value ?? {})
  if (members.length === 0) return null
  const rows = members.map(([name, value]) => {
    const written = plainText(value)
    return written === null ? null : row(name, written)
  })
  return rows.every((one) => one !== null) ? rows : null
}

function plainText(value: WrittenValue): string | null {
  if (value instanceof WrittenNumber) return value.text
  if (value === null) return ''
  return typeof value === 'object' ? null : String(value)
}

/** `a=1&b=%20x`, with or without the address before it. */
function queryRows(text: string): Row[] | null {
  const query = text.trim().replace(/^(?:https?:\/\/[^\s?#]*)?\?/i, '')
  if (!/^[^\s=&]+=[^\s&]*(?:&[^\s=&]+(?:=[^\s&]*)?)+&?(?:#\S*)?$/.test(query)) return null
  const pairs = query.replace(/#.*$/, '').split('&').filter(Boolean)
  return pairs.map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? row(decoded(pair), '') : row(decoded(pair.slice(0, at)), decoded(pair.slice(at + 1)))
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const withTab = /^(#\s*)?([^\t]*[^\s])\s*\t(.*)$/
const withMark = /^(#\s*)?([^\s:="'{}[\]<>,][^\s:="'{}<>,]*)\s*(?::(?!\/\/)|=)(.*)$/

/** `key: value`, `key=value` or `key<TAB>value`, when every line is one; a row that is off stands behind a `#`. */
function lineRows(lines: readonly string[]): Row[] | null {
  const rows: Row[] = []
  for (const line of lines) {
    const match = withMark.exec(line.trim()) ?? withTab.exec(line.trim())
    if (!match) return null
    rows.push({ ...row((match[2] ?? '').trim(), (match[3] ?? '').trim()), enabled: match[1] === undefined })
  }
  return rows
}

const row = (name: string, value: string): Row => ({ name, value, enabled: true })
