/** Names that people know a vendor by, where its host spells another. */
const known: Record<string, string> = {
  nexmo: 'Vonage',
  msg91: 'MSG91',
  bulksms: 'BulkSMS',
  textlocal: 'TextLocal',
  txtlocal: 'TextLocal',
  africastalking: 'Africa’s Talking',
  messagebird: 'MessageBird',
  smsgupshup: 'Gupshup',
  smsindiahub: 'SMSINDIAHUB',
  nimbusit: 'Nimbus',
}

const secondLevel = new Set(['co', 'com', 'net', 'org', 'gov', 'ac', 'or', 'ne', 'in'])

/** What a provider at this host may be called: `api.twilio.com` is Twilio. Empty where the host is still to be filled in. */
export function suggestName(host: string): string {
  if (/[<>{}$%]/.test(host)) return ''
  const name = host.slice(0, 300).replace(/:\d+$/, '').toLowerCase()
  const labels = name.split('.').filter((label) => label !== '')
  if (labels.length < 2 || /^[\d.]+$/.test(name) || /[[\]]/.test(name)) return host.slice(0, 60)
  const country =
    labels.length > 2 && (labels.at(-1) ?? '').length === 2 && secondLevel.has(labels.at(-2) ?? '')
  const label = labels.at(country ? -3 : -2) ?? name
  const words = label.replace(/[^\p{L}\p{N}-]/gu, '').slice(0, 60)
  return known[label] ?? (words === '' ? host.slice(0, 60) : words.charAt(0).toUpperCase() + words.slice(1))
}
