import { parseTemplate } from '#shared/placeholders.ts'
import type { Provider, ProviderInput } from '#shared/provider.ts'
import type { ProviderSettings, Row } from '#shared/settings.ts'

export interface Difference {
  field: string
  mine: string
  theirs: string
}

type Described = Pick<Provider, 'name' | 'settings'>

/** The fields in which two versions of a provider differ, with what each says there, in the order of the form. */
export function differencesOf(
  mine: Pick<ProviderInput, 'name' | 'settings'>,
  theirs: Described,
): Difference[] {
  const [one, other] = [textsOf(mine), textsOf(theirs)]
  const fields = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...fields].flatMap((field) => {
    const [ours, saved] = [one[field] ?? '', other[field] ?? '']
    return ours === saved ? [] : [{ field, mine: shown(ours), theirs: shown(saved) }]
  })
}

/** Every field as a line of text, by its name on the page. */
function textsOf({ name, settings }: Described): Record<string, string> {
  const { success, reading, timeouts, connection, batch, price } = settings
  return {
    Name: name,
    From: settings.from,
    Method: settings.method,
    Endpoint: settings.endpoint,
    ...authTexts(settings.auth),
    Headers: rows(settings.headers),
    ...parameterTexts(settings.parameters),
    Batch: batch ? `${batch.array}, ${batch.size} a request` : '',
    'Accepted status': `${success.statusFrom} to ${success.statusTo}`,
    'Accepted body': pairs(success.body),
    'Message id at': reading.messageId,
    'Error code at': reading.errorCode,
    'Error text at': reading.errorText,
    Codes: settings.codes.map(({ code, class: meaning }) => `${code}: ${meaning}`).join(', '),
    'Time-outs': `${timeouts.connectMs}, ${timeouts.tlsMs}, ${timeouts.firstByteMs}, ${timeouts.totalMs} ms`,
    Proxy: pairs(connection.proxy),
    'Certificate authorities': connection.authorities,
    'Messages a second': settings.ratePerSecond === null ? '' : String(settings.ratePerSecond),
    Price: price ? `${price.perSegment} ${price.currency}` : '',
  }
}

function authTexts(auth: ProviderSettings['auth']): Record<string, string> {
  const { kind, ...fields } = auth
  const texts = Object.entries(fields).map(([field, value]) => [
    `Authentication, ${authWords[field] ?? field}`,
    typeof value === 'string' ? value : rows(value),
  ])
  return { Authentication: kind, ...Object.fromEntries(texts) }
}

const authWords: Record<string, string> = {
  username: 'user name',
  tokenUrl: 'token address',
  clientId: 'client ID',
  clientSecret: 'client secret',
  credentialsIn: 'credentials in',
}

function parameterTexts(parameters: ProviderSettings['parameters']): Record<string, string> {
  return parameters.kind === 'form'
    ? { Parameters: rows(parameters.rows) }
    : { 'Content type': parameters.contentType, Body: parameters.text }
}

const rows = (list: readonly Row[]) =>
  list.map(({ name, value, enabled }) => `${name}=${value}${enabled ? '' : ' (off)'}`).join(', ')

const pairs = ({ kind, ...fields }: { kind: string }) =>
  [kind, ...Object.values(fields).filter((value) => value !== '')].join(' ')

const most = 160

/** Secrets by name, and no more than can be taken in. */
function shown(text: string): string {
  const plain = parseTemplate(text).map((part) => {
    if (part.kind === 'text') return part.text
    return part.kind === 'secret' ? `•••• ${part.name}` : `$$${part.name}`
  })
  const whole = plain.join('')
  return whole.length > most ? `${whole.slice(0, most)}…` : whole
}
