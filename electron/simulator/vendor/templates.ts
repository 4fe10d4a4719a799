import { asText } from '#shared/json-path.ts'
import { segment } from '#shared/segments.ts'
import { stateOf, type KeptMessage } from './kept-messages.ts'
import { valueAt, type VendorRequest } from './vendor-request.ts'

/** What an answer's texts are filled in with. */
export interface Filling {
  request: VendorRequest
  /** The message that the answer is about; its time is then the answer's. */
  message: Omit<KeptMessage, 'id'> & { id: string | null }
  now: number
  why: string
  nextId(kind: 'uuid' | 'hex'): string
  /** For `{"$messages": …}`. */
  messages(): Filling[]
  /** For `{"$recipients": …}`. */
  recipients(): Filling[]
}

const reference = /\{\{([^{}]+)\}\}/g

/** An answer's body with everything in its place. */
export function fillValue(template: unknown, filling: Filling): unknown {
  if (typeof template === 'string') return fillText(template, filling)
  if (Array.isArray(template)) return template.map((one) => fillValue(one, filling))
  if (typeof template !== 'object' || template === null) return template
  if ('$value' in template) return typedValue(String(template.$value), filling) ?? null
  if ('$messages' in template) {
    const one = template.$messages
    return filling.messages().map((message) => fillValue(one, message))
  }
  if ('$recipients' in template) {
    const one = template.$recipients
    return filling.recipients().map((recipient) => fillValue(one, recipient))
  }
  return Object.fromEntries(Object.entries(template).map(([name, one]) => [name, fillValue(one, filling)]))
}

export function fillText(template: string, filling: Filling, write = (text: string) => text): string {
  if (!template.includes('{{')) return template
  return template.replace(reference, (_all, name: string) => write(asText(valueOf(name.trim(), filling))))
}

/** An id or a recipient of digits alone is a number where its type is to be kept, as long as it can be one exactly. */
function typedValue(name: string, filling: Filling): unknown {
  const value = valueOf(name, filling)
  if (name !== 'id' && name !== 'to') return value
  if (typeof value !== 'string' || !/^\+?[1-9][0-9]{0,15}$/.test(value)) return value
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function valueOf(name: string, filling: Filling): unknown {
  const { message, request } = filling
  switch (name) {
    case 'id':
    case 'to':
    case 'from':
    case 'text':
      return message[name]
    case 'state':
      return stateOf(message, filling.now)
    case 'segments':
      return Math.max(1, segment(message.text).segments)
    case 'recipients':
      return filling.recipients().length
    case 'uuid':
      return (message.uuid ??= filling.nextId('uuid'))
    case 'hex32':
      return (message.hex32 ??= filling.nextId('hex'))
    case 'why':
      return filling.why
    default:
      if (name === 'now' || name.startsWith('now.')) return timeAs(name.slice(4), message.at)
      // What is read back was said when the message was sent.
      return (
        valueAt(request, name) ?? (message.request === request ? undefined : valueAt(message.request, name))
      )
  }
}

function timeAs(format: string, at: number): string | number {
  const iso = new Date(at).toISOString()
  if (format === 'seconds') return Math.floor(at / 1000)
  if (format === 'millis') return at
  if (format === 'plain') return iso.slice(0, 19).replace('T', ' ')
  return format === 'rfc2822' ? new Date(at).toUTCString().replace('GMT', '+0000') : iso
}
