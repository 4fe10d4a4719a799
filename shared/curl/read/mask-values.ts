/** Options whose value is a credential, or holds one. */
const secretOptions =
  /^(?:-[uUE]|--(?:proxy-|tls|proxy-tls)?(?:user|pass|password|key|oauth2-bearer|login-options|delegation|sasl-authzid|psk))$/

const value = /(?<=[=:])(?!\/\/)[ \t]{0,9}(?:"[^"]*"?|'[^']*'?|[^\s"'&]+)/g

/** A piece of a command to be shown: what stands behind `=` and `:` may be a credential, and is left out. */
export function maskValues(text: string): string {
  const masked = text
    .replace(/(?<=(?:^|\s)-[uHbUE])(?:\s+|(?=\S))(?:"[^"]*"?|'[^']*'?|\S+)/g, ' …')
    .replace(/(?<=\s--[a-z0-9-]{1,30})\s+(?:"[^"]*"?|'[^']*'?|[^\s-]\S*)/g, ' …')
  return masked.replace(value, '…')
}

/** An option with its value, as far as the value can be shown. */
export function shownOption(written: string, given: string): string {
  if (given === '') return written
  if (secretOptions.test(written)) return `${written} …`
  const holdsOne = /cert|header|auth|cookie|sigv4|^-[bH]$/.test(written)
  return `${written} ${holdsOne ? given.replace(/(?<=[=:]).*$/s, '…') : given}`
}

/** What is no whole address may be the value of an option that curl does not know. */
export function shownAddress(address: string): string {
  return address.includes('://') ? maskValues(address) : 'address …'
}
