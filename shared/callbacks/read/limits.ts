/** Far beyond what a vendor sends in one request; what has more is not read. */
export const deepestJson = 64
export const mostFields = 10_000
export const mostRecords = 10_000

/** How deep brackets nest outside of strings; counted no further than one more than `deepestJson`. */
export function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < json.length && deepest <= deepestJson; at += 1) {
    const character = json[at]
    if (inString) {
      if (character === '\\') at += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '[' || character === '{') deepest = Math.max(deepest, (depth += 1))
    else if (character === ']' || character === '}') depth -= 1
  }
  return deepest
}
