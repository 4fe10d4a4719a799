import type { OptOut } from '#shared/callbacks/conversation.ts'

/** How a number opted out, without the time. */
export function howOptedOut({ word, providerName }: OptOut): string {
  if (word === '') return providerName === null ? 'by hand' : `as ${providerName} told`
  return `by replying “${word}”${providerName === null ? '' : ` to ${providerName}`}`
}
