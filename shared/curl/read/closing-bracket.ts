/** Just behind the bracket that closes the one at `from`. */
export function closingBracket(text: string, from: number): number {
  let depth = 0
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '(') depth += 1
    else if (text[index] === ')' && (depth -= 1) === 0) return index + 1
  }
  return text.length
}
