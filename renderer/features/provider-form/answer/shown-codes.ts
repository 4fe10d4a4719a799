import { outcomeWords } from '../../messages/outcome-words.ts'
import type { FormCode } from '../form-state.ts'

/** Lines with boxes to type in are slow to draw by the hundred. */
export const mostShown = 100

export interface ShownCodes {
  /** Places in the list, in its order. */
  places: number[]
  /** How many fit what is searched for, shown or not. */
  found: number
  /** How many of those are not shown. */
  left: number
}

/** The codes that hold every word that is searched for, `most` of them, and any that is kept besides. */
export function shownCodes(
  codes: readonly FormCode[],
  search: string,
  most: number,
  isKept: (place: number) => boolean,
): ShownCodes {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  let found = 0
  let shown = 0
  const places = codes.flatMap((code, place) => {
    const fits = words.every((word) => textOf(code).includes(word))
    if (fits) found += 1
    if (!isKept(place) && (!fits || found > most)) return []
    if (fits) shown += 1
    return [place]
  })
  return { places, found, left: found - shown }
}

function textOf({ code, class: meaning, cause = '', next = '' }: FormCode): string {
  return [code, outcomeWords[meaning].word, cause, next].join('\n').toLowerCase()
}
