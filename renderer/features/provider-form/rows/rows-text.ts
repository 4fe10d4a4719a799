import type { Row } from '#shared/settings.ts'

/**
 * A table of rows as text: one `name: value` a line, a row that is switched off behind a `#`. What would not come
 * back as it was (line breaks, space at an end, a name with a colon) stands in double quotes, as JSON writes strings.
 */
export function rowsToText(rows: readonly Row[]): string {
  return rows.map(lineOf).join('\n')
}

function lineOf({ name, value, enabled }: Row): string {
  const shownName = isPlainName(name) ? name : JSON.stringify(name)
  const shownValue = isPlainValue(value) ? value : JSON.stringify(value)
  return `${enabled ? '' : '# '}${shownName}:${shownValue === '' ? '' : ` ${shownValue}`}`
}

const unseen = '\\p{Cc}\\p{Cs}\\u2028\\u2029'
const plainName = new RegExp(`^[^\\s"#:=${unseen}](?:[^:=${unseen}]*[^\\s:=${unseen}])?$`, 'u')
const plainValue = new RegExp(`^(?:[^\\s"${unseen}](?:[^${unseen}]*[^\\s${unseen}])?)?$`, 'u')
const isPlainName = (name: string) => plainName.test(name)
const isPlainValue = (value: string) => plainValue.test(value)

/** Never refuses a text: a line without a colon is a name whose value is still to come. */
export function textToRows(text: string): Row[] {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .map(rowOf)
}

function rowOf(line: string): Row {
  const off = /^\s*#\s*/.exec(line)
  const { name, value } = pairOf(line.slice(off?.[0].length ?? 0).trim())
  return { name, value, enabled: off === null }
}

const quoted = /^"(?:[^"\\]|\\.)*"/

function pairOf(text: string): { name: string; value: string } {
  const start = quoted.exec(text)?.[0]
  const name = start === undefined ? null : unquoted(start)
  if (start !== undefined && name !== null) {
    const rest = /^\s*(?:[:=]\s*([^]*))?$/.exec(text.slice(start.length))
    if (rest) return { name, value: valueOf(rest[1] ?? '') }
  }
  const at = text.search(/[:=\t]/)
  if (at < 0) return { name: text, value: '' }
  return { name: text.slice(0, at).trim(), value: valueOf(text.slice(at + 1).trim()) }
}

function valueOf(text: string): string {
  return (quoted.exec(text)?.[0] === text ? unquoted(text) : null) ?? text
}

function unquoted(text: string): string | null {
  try {
    return JSON.parse(text) as string
  } catch {
    return null
  }
}
