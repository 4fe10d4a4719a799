import { expressionIssue, readAlternatives } from '../reading-expression.ts'

/** What is wrong with a place of a callback, in words, or null. Empty: nowhere. */
export function placeIssue(text: string): string | null {
  // Whoever knows the address chooses the body, and some patterns take for ever on what is made for them.
  if (readAlternatives(text).some(({ kind }) => kind === 'pattern'))
    return 'Write a path, as in data.id: a callback is not searched by a pattern.'
  return expressionIssue(text)
}
