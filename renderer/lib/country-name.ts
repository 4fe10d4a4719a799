const names = new Intl.DisplayNames(undefined, { type: 'region' })

/** In the reader's language; codes that have no name (such as AC) stand for themselves. */
export function countryName(code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}
