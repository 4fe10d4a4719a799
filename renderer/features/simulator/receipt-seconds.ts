/** Seconds as they are typed, in milliseconds; null for what is no number. */
export function readSeconds(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  return /^\d{1,6}(?:\.\d{1,3})?$/.test(plain) ? Math.round(Number(plain) * 1000) : null
}

export const writeSeconds = (ms: number): string => String(ms / 1000)
