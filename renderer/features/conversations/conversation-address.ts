/**
 * A number as a part of an address, where neither a plus nor a percent sign can stand: `+` and digits lose the plus, what is
 * none of those begins with an underscore, and odd characters stand by their code points.
 */
export function numberInAddress(number: string): string {
  if (/^\+\d+$/.test(number)) return number.slice(1)
  const written = number.replaceAll(/[^A-Za-z0-9]/gu, (one) => `-${one.codePointAt(0)?.toString(16) ?? ''}-`)
  return `_${written}`
}

export function numberOfAddress(part: string): string {
  if (!part.startsWith('_')) return `+${part}`
  return part.slice(1).replaceAll(/-([0-9a-f]{1,6})-/g, (all, code: string) => {
    const point = Number.parseInt(code, 16)
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : all
  })
}

/** Where the conversation with a number stands, also one that is no number. */
export function conversationAddress(number: string): string {
  return `/conversations/${numberInAddress(number)}`
}
