const tokenName = /^(?:access|refresh|id)_token$/
const inProse = /(?:access|refresh|id)_token["']?\s*[:=]\s*["']?([^"'&\s,}]+)/g

/** Words that stand where a token would: taking these for secrets would blank them in every answer. */
const noTokens = new Set(['null', 'undefined', 'none', 'nil', 'true', 'false'])
const shortestGiven = 8
const shortestElsewhere = 16

/** No server gives more at once; every one that is remembered costs time in whatever is redacted later. */
export const mostTokensInAnswer = 10

/**
 * Every token that stands in an answer, whatever its form: none may be shown or logged. What merely looks like one, such
 * as a word in `access_token: expired`, has to be let be, as it would be taken out of the answers of every provider.
 */
export function tokensIn(body: string, status: number): string[] {
  const found = new Set<string>()
  const json = parsed(body)
  if (json === undefined) addFromProse(found, body)
  else {
    const isGiven = status >= 200 && status < 300
    // The one that will be used counts as a secret even where it is short.
    const used = isGiven ? field(json, 'access_token') : undefined
    if (typeof used === 'string' && !noTokens.has(used.toLowerCase())) found.add(used)
    addFromJson(found, json, isGiven ? isNoWord : isTokenShaped)
  }
  return [...found].slice(0, mostTokensInAnswer)
}

/** Without recursion, as an answer may be nested as deeply as it is long. */
function addFromJson(found: Set<string>, root: unknown, isToken: (text: string) => boolean): void {
  const left: { name: string; value: unknown }[] = [{ name: '', value: root }]
  for (let next = left.pop(); next && found.size < mostTokensInAnswer; next = left.pop()) {
    const { name, value } = next
    if (typeof value === 'string') {
      if (!tokenName.test(name)) addFromProse(found, value)
      else if (isToken(value)) found.add(value)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) left.push({ name: key, value: inner })
    }
  }
}

function addFromProse(found: Set<string>, text: string): void {
  for (const [, token = ''] of text.matchAll(inProse)) {
    if (found.size >= mostTokensInAnswer) return
    if (isTokenShaped(token)) found.add(token)
  }
}

function isNoWord(text: string): boolean {
  return text.length >= shortestGiven && !/\s|^[A-Z]?[a-z]+$/.test(text)
}

function isTokenShaped(text: string): boolean {
  return text.length >= shortestElsewhere && /\d/.test(text) && /[A-Za-z]/.test(text) && !/\s/.test(text)
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
