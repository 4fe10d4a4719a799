import type { LogFilter } from '#shared/message-log.ts'

export type Asked = Partial<LogFilter>

/** What people ask a log for: the common and the rare, alone and together, near its top, deep in it and not in it at all. */
export function filtersOf(
  provider: (name: string) => string,
  group: string,
  end: number,
): Record<string, Asked> {
  const day = 86_400_000
  const week = { since: end - 67 * day, until: end - 60 * day }
  return {
    'no filter': {},
    'a provider': { providerId: provider('Harbour Text') },
    'a seldom provider': { providerId: provider('Savanna Connect') },
    failed: { states: ['failed'] },
    'failed or unknown': { states: ['failed', 'unknown'] },
    'delivered, of which there are none': { states: ['delivered'] },
    'a class': { outcomeClass: 'unavailable' },
    'a code': { outcomeCode: 'first_byte_timed_out' },
    'a rare code': { outcomeCode: 'tls_failed' },
    'a country': { country: 'DE' },
    'a rare country': { country: 'FJ' },
    'a country that never was': { country: 'MT' },
    tests: { test: true },
    'simulated, but no tests': { simulated: true, test: false },
    'may arrive twice': { mayArriveTwice: true },
    'a group and a class': { groupId: group, outcomeClass: 'unknown' },
    'a week two months ago': week,
    'a provider, failed, in that week': {
      ...week,
      providerId: provider('Monsoon Mobile'),
      states: ['failed'],
    },
    'a provider and a country that it never has': { providerId: provider('Baltic Gateway'), country: 'IN' },
    'failed tests of a provider': { providerId: provider('Monsoon Mobile'), states: ['failed'], test: true },
  }
}

/** Words and parts of numbers, alone and with filters. */
export function searchesOf(provider: (name: string) => string): Record<string, Asked> {
  const texts = {
    'a common word': 'code',
    'two common words': 'parcel today',
    'a rare word': 'nw-471',
    'a word that never was': 'zeppelin',
    'a code': '471147',
    'the beginning of a number': '+9198',
    'most of a number': '+91981234',
    'a number as people write it': '+49 151 23',
    'an Arabic word': 'رمز التحقق',
    'two Chinese characters': '包裹',
    'two rare characters': 'qx',
    'an emoji': '🎉',
  }
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { text }])),
    'a common word that failed': { text: 'code', states: ['failed'] },
    'a common word in a rare country': { text: 'code', country: 'FJ' },
    'a common word at a provider that never sends it': {
      text: 'verification',
      providerId: provider('Baltic Gateway'),
    },
  }
}
