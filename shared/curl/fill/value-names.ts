import { soundsSecret } from '../../secret-names.ts'
import type { Slot } from '../draft/slot.ts'

/** How surely a name says what its value is: 2 for the usual name, 1 for one that often means something else. */
export type Weight = 0 | 1 | 2

const names = {
  To: {
    sure:
      'to recipient recipients phone phonenumber phoneno phno mobile mobiles mobileno mobilenumber mobilephone msisdn msisdns ' +
      'destination destinations destinationnumber destinationaddress dest dst destaddr destnumber sendto receiver receivers ' +
      'receiverid tonumber recipientnumber recipientphone identifiervalue gsm cellphone toaddress smsto phonenumbers phones nums',
    maybe: 'number numbers address contact contacts cell tel telephone target da num id dnis',
  },
  Body: {
    sure:
      'body text message msg sms content messagetext messagebody textmessage smstext smsbody smscontent smsmessage ' +
      'shortmessage messagecontent msgtext msgtxt txt txtmsg',
    maybe: 'payload data value ud note sm',
  },
  From: {
    sure: 'from sender senderid source originator sendername fromnumber senderaddress src sourceaddress sourceaddr sendernumber',
    maybe: 'mask header oa title originatingaddress senderidentifier frm sid',
  },
} as const

type Wanted = keyof typeof names
const weights = Object.fromEntries(
  Object.entries(names).map(([role, { sure, maybe }]) => [
    role,
    new Map<string, Weight>([
      ...sure.split(' ').map((name): [string, Weight] => [name, 2]),
      ...maybe.split(' ').map((name): [string, Weight] => [name, 1]),
    ]),
  ]),
) as Record<Wanted, Map<string, Weight>>

const plain = (name: string) =>
  name
    .slice(0, 80)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** Inside of `from: {…}` or `to: {…}` these are called after what they stand in. */
const neutral = new Set([
  'value',
  'address',
  'number',
  'phonenumber',
  'phone',
  'name',
  'identifiervalue',
  'msisdn',
  'content',
])

/** How surely a value is the recipient, the text or the sender by what it is called. */
export function weightOf(role: Wanted, { name, parents }: Slot): Weight {
  const own = plain(name)
  const around = parents.length > 0 ? plain(parents.at(-1) ?? '') : ''
  if (neutral.has(own)) {
    const other = (['From', 'To', 'Body'] as const).find((wanted) => weights[wanted].get(around) === 2)
    if (other) return other === role ? 2 : 0
  }
  return weights[role].get(own) ?? 0
}

export function isTemplateName(name: string): boolean {
  return /^(?:template|templateid|templatename|flowid|contentsid|messagetemplateid|dltteid|dlttemplateid|tid)$/.test(
    plain(name),
  )
}

/** Numbers under such names are no phone numbers, whatever they look like. */
export function isNeverPhone(name: string): boolean {
  return /(?:id|sid|time|date|timestamp|ref|reference|ttl|schedule|account|accounts|user|username|key|token|password|amount|price|uuid|peid)$/i.test(
    name.slice(-80),
  )
}

const strong =
  /token|secret|passw|pwd|passphrase|api[-_ ]?key|auth[-_ ]?key|access[-_ ]?key|user[-_ ]?key|app[-_ ]?sid|api[-_ ]?sid|authorization|credential|^cookie$|^pass$/i

/** 2 where a name plainly means a credential, 1 where it often does. */
export function secretWeight(name: string): Weight {
  const short = name.slice(0, 100)
  if (/type$|name$|expir|length$|^identifierkey$/i.test(short)) return 0
  if (strong.test(short)) return 2
  // What vendors call a SID names an account or a service, and opens nothing.
  if (/sid$/i.test(short)) return 0
  const spaced = short.replace(/([a-z])([A-Z])/g, '$1-$2')
  return soundsSecret(spaced) || /(?:^|[-_])(?:hash|pin|auth|key)$/i.test(spaced) ? 1 : 0
}
