/** Digits as numbers are written, seven to twenty, and nothing else. */
const numberLike = /^\+?(?:[\s().\-/]*\d){7,20}\s*$/
const numberName = /phone|mobile|msisdn|number|recipient|\btel|cell|^to$/i

/** The first row names the columns: no number stands in it, though one stands below, or there is nothing below. */
export function looksLikeHeader([first, ...below]: readonly string[][]): boolean {
  if (!first || first.some(isNumber)) return false
  return (
    below.length === 0 ||
    below.some((row) => row.some(isNumber)) ||
    first.some((cell) => numberName.test(cell))
  )
}

/** The place of the column with the most numbers in these rows; where several have as many, its name decides. */
export function guessNumberColumn(columns: readonly string[], rows: readonly string[][]): number {
  const scores = columns.map((name, index) => {
    const numbers = rows.filter((row) => isNumber(row[index] ?? '')).length
    return numbers + (numberName.test(name) ? 0.5 : 0)
  })
  return Math.max(0, scores.indexOf(Math.max(...scores)))
}

function isNumber(cell: string): boolean {
  return numberLike.test(cell.trim())
}
