import type { Connection } from '#shared/settings.ts'

/** What the provider is reached by and its command does not say: it would go another way, or trust another server. */
export function leftOutOfCommand({ proxy, authorities }: Connection): string[] {
  const notes: string[] = []
  if (proxy.kind === 'manual')
    notes.push(`The proxy ${proxy.address} is not part of the command: add it with --proxy.`)
  if (authorities.trim() !== '')
    notes.push(
      'The certificate authorities are not part of the command: add them with --cacert and a file of them.',
    )
  return notes
}
