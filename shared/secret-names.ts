const telling =
  /(token|secret|passw|pwd|api[-_ ]?key|(^|[-_ ])(key|auth|pass|sid)($|[-_ ])|authkey|apikey|authorization|credential|signature)/i

/** Whether a name says that its value had better be a secret. */
export function soundsSecret(name: string): boolean {
  return telling.test(name)
}

/** A name that is free, made of what the field is called. */
export function freeSecretName(wished: string, taken: (name: string) => boolean): string {
  const base = wished
    .trim()
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
  const first = base || 'secret'
  if (!taken(first)) return first
  let count = 2
  while (taken(`${first}-${count}`)) count += 1
  return `${first}-${count}`
}
