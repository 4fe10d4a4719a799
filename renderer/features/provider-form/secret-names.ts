import { parseTemplate } from '#shared/placeholders.ts'

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

/** The secret's name, when a text is a reference to it and nothing else. */
export function wholeSecret(text: string): string | null {
  const [only, ...rest] = parseTemplate(text)
  return only?.kind === 'secret' && rest.length === 0 ? only.name : null
}

/** Query parameters of an address that look like credentials and stand there in the open. */
export function openCredentials(endpoint: string): { name: string; value: string; at: number }[] {
  const start = endpoint.indexOf('?')
  if (start < 0) return []
  const found: { name: string; value: string; at: number }[] = []
  for (const match of endpoint.slice(start).matchAll(/[?&]([^=&#]+)=([^&#]*)/g)) {
    const [whole, name = '', value = ''] = match
    const plain = value !== '' && parseTemplate(value).every((part) => part.kind === 'text')
    if (plain && soundsSecret(name))
      found.push({ name, value, at: start + match.index + whole.length - value.length })
  }
  return found
}
