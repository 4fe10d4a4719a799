export interface Choice {
  value: string
  label: string
  detail?: string
  /** Other words that find it. */
  words?: string
  /** The heading that it stands under. */
  section?: string
}

/** An address may name what is gone: it is a choice for as long as it is chosen, under the words `gone`. */
export function withGone(choices: Choice[], chosen: string | null, gone: string): Choice[] {
  const isKnown = chosen === null || choices.some(({ value }) => value === chosen)
  return isKnown ? choices : [...choices, { value: chosen, label: gone }]
}

/** Those of a section stay together, and the section of the best comes first. */
export function inSections(found: Choice[]): Choice[] {
  const order = [...new Set(found.map(({ section }) => section))]
  if (order.length < 2) return found
  return order.flatMap((section) => found.filter((choice) => choice.section === section))
}

/** Those that hold what is typed, whatever the case and the accents; what it names exactly or begins comes first. */
export function findChoices(choices: Choice[], typed: string): Choice[] {
  const wanted = folded(typed)
  const ranked = choices.map((choice) => ({ choice, rank: rankOf(choice, wanted) }))
  return ranked
    .filter(({ rank }) => rank < none)
    .sort((one, other) => one.rank - other.rank)
    .map(({ choice }) => choice)
}

const none = 5

function rankOf({ value, label, detail = '', words = '' }: Choice, wanted: string): number {
  const [name, beside, others] = [folded(label), folded(detail), folded(words)]
  if ([folded(value), name, beside, beside.replace('+', '')].includes(wanted)) return 0
  if (others.split(' ').includes(wanted)) return 1
  if (name.startsWith(wanted)) return 2
  if (beside.startsWith(wanted) || beside.startsWith(`+${wanted}`)) return 3
  return `${name} ${beside} ${folded(value)} ${others}`.includes(wanted) ? 4 : none
}

function folded(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()
}
