/** Ways in which vendors write "put your own here". */
const forms: readonly RegExp[] = [
  /^<[^<>]{1,80}>$/,
  /^\{\{?\s{0,3}[A-Za-z_][\w .-]{0,60}\}?\}$/,
  /^\[[A-Za-z][\w -]{1,60}\]$/,
  /^\$\{?[A-Za-z_]\w{0,80}\}?$/,
  /^\$(?:\{)?env:\w{1,80}\}?$/i,
  /^\$\(.{1,90}\)$/s,
  /^`.{1,90}`$/s,
  /^%[A-Za-z_]\w{0,80}%$/,
  /^:[a-z]\w{1,40}$/,
  /^(?:your|my|insert|enter|replace|put)[-_ ][\w' -]{1,80}$/i,
  /^YOUR[A-Z]{2,40}$/,
  /^[Yy]our[A-Z]\w{1,40}$/,
  /[-_ ]here$/i,
  /^[xX*.…•-]{3,}$/,
  /^[A-Z]{2}[xX*]{6,}$/,
  /^[A-Z][A-Z0-9]{0,30}(?:_[A-Z0-9]{1,30}){0,4}_(?:KEY|TOKEN|SECRET|PASSWORD|SID|ID|NUMBER|NAME|USER|PHONE|AUTH|SENDER)$/,
]

/** Whether a value is only a hint at what belongs there. */
export function looksUnfilled(value: string): boolean {
  const text = value.trim()
  if (text.length < 2 || text.length > 100 || text.startsWith('{{secret:')) return false
  return forms.some((form) => form.test(text))
}

const words =
  /^(?:(?:user)?name|user|login|pass(?:word)?|(?:account|auth|api|access|app)?[-_ ]?(?:key|secret|token|sid|id)|secret|apikey|(?:base64|encoded)[-_ ]?\w{0,30})$/i

/** As `looksUnfilled`, where a credential is expected: there the mere word stands for it too. */
export function looksUnfilledCredential(value: string): boolean {
  return looksUnfilled(value) || words.test(value.trim().slice(0, 100))
}

/** What a hint says is wanted, fit for a name: `<your_api_key>` becomes `api_key`. */
export function wantedName(value: string): string {
  if (/^(?:\$\(|`)/.test(value)) return ''
  const plain = value.replace(/^[^A-Za-z]+|[^A-Za-z0-9]+$/g, '').replace(/^env:/i, '')
  const name = plain.replace(/^(?:your|my|insert|enter|replace|put)[-_ ]?(?=\w{2})/i, '')
  return /[A-Za-z]{3}/.test(name) && !/x{4}/i.test(name) && name.length <= 60 ? name : ''
}
