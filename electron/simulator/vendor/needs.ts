import type { Simulated, SimulatedCheck } from '#shared/catalogue/simulated.ts'
import { remembered } from '#shared/remembered.ts'
import { recipientsIn } from './recipients.ts'
import { firstAt, isEmpty, textOf, valueAt, type VendorRequest } from './vendor-request.ts'

export const sourcesOf = ({ at }: Pick<SimulatedCheck, 'at'>): readonly string[] =>
  typeof at === 'string' ? [at] : at

/** Whether a request meets a check: of several recipients each of them. */
export function meets(
  request: VendorRequest,
  check: SimulatedCheck,
  several: Simulated['several'] = undefined,
): boolean {
  const sources = sourcesOf(check)
  const value = firstAt(request, sources)
  if (isEmpty(value)) return check.optional
  const texts = several && sources.every((one) => several.at.includes(one)) && recipientsIn(value, several)
  return (texts || [textOf(value)]).every((text) => isMet(request, check.need, text))
}

function isMet(request: VendorRequest, need: SimulatedCheck['need'], text: string): boolean {
  if (need === 'present') return true
  if (need === 'phone') return isPhone(text)
  if ('pattern' in need) return pattern(need.pattern).test(text)
  if ('oneOf' in need) return need.oneOf.includes(text)
  if ('longest' in need) return text.length <= need.longest
  if ('equals' in need) return text === textOf(valueAt(request, need.equals))
  return isCredential(text, need.credential)
}

const pattern = remembered(2000, (text) => new RegExp(text))

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length
  return /^\s*\+?[0-9](?:[ -]?[0-9])*\s*$/.test(text) && digits >= 7 && digits <= 15
}

/** After a word for its kind, as in `AccessKey …`, it is the key itself that counts. */
function isCredential(text: string, shape: string | null): boolean {
  if (/^(?:[A-Za-z]+\s+)?(?:bad|wrong|invalid)/i.test(text)) return false
  return shape === null || pattern(shape).test(text)
}
