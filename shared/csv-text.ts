export type CsvCell = string | number | null

/** What a spreadsheet would take for a formula; the signs’ full-width forms are taken for them by some. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * A row of a CSV file after RFC 4180, with its line's end (CR LF). A text that begins like a formula gets a quote before
 * it, so that a spreadsheet shows it and runs nothing; a number, which may be negative, does not. Null is an empty cell.
 */
export function csvRow(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  const text = typeof cell === 'string' && formula.test(cell) ? `'${cell}` : String(cell)
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
