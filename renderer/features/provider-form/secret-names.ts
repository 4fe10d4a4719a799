import { parseTemplate } from '#shared/placeholders.ts'
import { soundsSecret } from '#shared/secret-names.ts'

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
