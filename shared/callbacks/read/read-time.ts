import type { TimeForm } from '../format.ts'

const dated =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|(?:[+-]| )\d{2}:?\d{2})?$/i
const compact = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$/
/** As in a mail's header: `Tue, 01 Jul 2025 10:00:00 +0000`. */
const mailDate = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})$/

const earliest = Date.UTC(2000, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/**
 * Epoch milliseconds of a time as a vendor writes it; null where it is none. `zone` is that of times which name none. What
 * is clearly of another form than the usual one is read as that.
 */
export function readTime(text: string, form: TimeForm, zone: string): number | null {
  const written = text.trim().slice(0, 60)
  const read = /^\d+(?:\.\d+)?$/.test(written) ? fromDigits(written, form, zone) : fromWords(written, zone)
  return read !== null && read >= earliest && read < latest ? read : null
}

function fromDigits(written: string, form: TimeForm, zone: string): number | null {
  const digits = written.replace(/\..*$/, '').length
  if ((form === 'compact' && (digits === 10 || digits === 12)) || digits === 14)
    return fromCompact(written, zone)
  if (digits >= 9 && digits <= 10) return Math.round(Number(written) * 1000)
  return digits >= 12 && digits <= 13 ? Math.round(Number(written)) : null
}

function fromCompact(written: string, zone: string): number | null {
  const [, year = '', month, day, hour, minute, second = '0'] =
    (written.length === 12 ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/ : compact).exec(written) ?? []
  const whole = year.length === 2 ? 2000 + Number(year) : Number(year)
  return fromParts([whole, month, day, hour, minute, second].map(Number), 0, zone)
}

function fromWords(written: string, zone: string): number | null {
  if (mailDate.test(written)) return Date.parse(written)
  const match = dated.exec(written)
  if (!match) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', named] = match
  const parts = [year, month, day, hour, minute, second].map(Number)
  return fromParts(parts, Math.floor(Number(`0.${fraction || '0'}`) * 1000), named ?? zone)
}

/** Null for a day or hour that there is not. */
function fromParts(parts: readonly number[], milliseconds: number, zone: string): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds))
  const isReal =
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === day &&
    at.getUTCHours() === hour &&
    minute < 60 &&
    second < 60
  return isReal ? at.getTime() - offsetOf(zone) : null
}

/** In milliseconds. A plus that a form has turned into a space is one. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+ -])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
  return sign === '-' ? -size : size
}
