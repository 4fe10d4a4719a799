/** Something wrong with an entry, with its path in the file. */
export interface Issue {
  path: (string | number)[]
  message: string
}

export function unknown(names: Iterable<string>, known: ReadonlySet<string>, path: Issue['path']): Issue[] {
  return [...names].filter((name) => !known.has(name)).map((name) => at(path, `There is no “${name}”.`))
}

export function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index)
}

export function at(path: Issue['path'], message: string): Issue {
  return { path, message }
}
