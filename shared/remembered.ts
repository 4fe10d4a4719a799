/**
 * `make` with a memory, for what the same few texts are put to over and over. Once it holds `most`, it forgets them all
 * and begins anew. What `make` throws is not remembered.
 */
export function remembered<T>(most: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, { made: T }>()
  return (text) => {
    const found = known.get(text)
    if (found) return found.made
    const made = make(text)
    if (known.size >= most) known.clear()
    known.set(text, { made })
    return made
  }
}
