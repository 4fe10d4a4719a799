import type { BadEnd } from '#shared/simulator-phone.ts'
import type { CommonAnswer, Simulated } from '#shared/catalogue/simulated.ts'
import type { ReceiptWish } from '../callbacks/taken.ts'
import { magicNumbers, type MagicNumber, type SimulatedVendor } from '#shared/simulator.ts'

/** What a magic number asks for. */
export type MagicWish =
  { kind: 'answer'; answer: string } | { kind: 'silence' | 'reset' | 'failureIn200' | 'slow' }

const answer = (name: CommonAnswer): MagicWish => ({ kind: 'answer', answer: name })

const shared: Record<string, MagicWish> = {
  '+15005550006': answer('accepted'),
  '+15005550001': answer('invalidNumber'),
  '+15005550004': answer('optedOut'),
  '+15005550002': answer('unauthorized'),
  '+15005550003': answer('noCredit'),
  '+15005550007': answer('rateLimited'),
  '+15005550008': answer('serverError'),
  '+15005550009': { kind: 'silence' },
  '+15005550010': { kind: 'reset' },
  '+15005550011': { kind: 'failureIn200' },
  '+15005550012': { kind: 'slow' },
  '+15005550013': answer('accepted'),
  '+15005550014': answer('accepted'),
  '+15005550015': answer('accepted'),
  '+15005550016': answer('accepted'),
  '+15005550017': answer('accepted'),
  '+15005550018': answer('accepted'),
}

const badEnd = (end: BadEnd): ReceiptWish => ({ kind: 'receiptsBadEnd', end, code: '' })

/** What numbers ask for that are accepted: it comes after the answer. By their last digits. */
const afterwards: Record<string, ReceiptWish> = {
  '5005550013': badEnd('undelivered'),
  '5005550014': badEnd('rejected'),
  '5005550015': badEnd('expired'),
  '5005550016': { kind: 'receiptsMissing' },
  '5005550017': { kind: 'receiptsBeforeAnswer' },
  '5005550018': { kind: 'replies', text: 'STOP' },
}

/** What a number asks to be done to the receipts of its messages. */
export function receiptWish(to: string): ReceiptWish | null {
  const digits = digitsOf(to).replace(/^1(?=\d{10}$)/, '')
  return Object.hasOwn(afterwards, digits) ? (afterwards[digits] ?? null) : null
}

/** The digits that numbers are compared by: without what stands for "abroad" or "inland" before them. */
export const digitsOf = (number: string) => number.replace(/\D/g, '').replace(/^0+/, '')

/** With the country code 1, or without it, as vendors of one country write numbers. */
function isNumber(written: string, e164: string): boolean {
  const [digits, wanted] = [digitsOf(written), digitsOf(e164)]
  return digits !== '' && (digits === wanted || (wanted.length === 11 && `1${digits}` === wanted))
}

/** What the numbers of a message ask for: the vendor's own first, then those that every vendor shares. */
export function magicWish(api: Simulated, to: string, from: string): MagicWish | null {
  const own = api.magic.find(({ party, number }) => isNumber(party === 'to' ? to : from, number))
  if (own) return { kind: 'answer', answer: own.answer }
  const common = Object.keys(shared).find((number) => isNumber(to, number))
  return common === undefined ? null : (shared[common] ?? null)
}

/** Which of a vendor's answers tells of a failure with a status that says all is well; null: it has none. */
export function failureIn200(api: Simulated): string | null {
  const candidates = ['optedOut', 'invalidNumber', 'noCredit', 'unauthorized']
  return candidates.find((name) => (api.answers[name]?.status ?? 500) < 300) ?? null
}

type ListedNumber = SimulatedVendor['apis'][number]['magicNumbers'][number]

/** For people: each number with what this API answers to it. */
export function listMagic(api: Simulated): ListedNumber[] {
  const own = api.magic.map(({ party, number, answer: name }): ListedNumber => ({
    party,
    number,
    outcome: inWords(name),
    answer: described(api, name),
  }))
  const taken = new Set(own.filter(({ party }) => party === 'to').map(({ number }) => number))
  const common = magicNumbers.filter(({ number }) => !taken.has(number))
  return [
    ...own,
    ...common.map((listed): ListedNumber => ({ ...listed, party: 'to', answer: wished(api, listed) })),
  ]
}

function wished(api: Simulated, { number, answer: words }: MagicNumber): string {
  const wish = shared[number]
  if (wish?.kind === 'answer')
    return receiptWish(number)
      ? `${described(api, wish.answer)}; ${afterWords(words)}`
      : described(api, wish.answer)
  if (wish?.kind === 'slow') return `${described(api, 'accepted')}, after 2 seconds`
  if (wish?.kind !== 'failureIn200') return words
  const name = failureIn200(api)
  return name === null ? '200 with the body of its answer to an invalid number' : described(api, name)
}

/** Without what it says of the answer. */
const afterWords = (words: string) => words.replace(/^accepted[;,] (?:and )?/, '')

function described(api: Simulated, name: string): string {
  const found = api.answers[name]
  return found ? `${found.status}: ${found.words}` : name
}

/** `badSender` as “Bad sender”. */
export function inWords(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
