import {
  caseTwins,
  intendedPlaceholder,
  parseTemplate,
  sourceOf,
  type SystemPlaceholder,
} from '#shared/placeholders.ts'
import { placeholderNamesOf } from '#shared/settings-texts.ts'
import { type ProviderSettings } from '#shared/settings.ts'

export interface FormHint {
  text: string
  /** What one click would put in. */
  missing: 'To' | 'Body' | null
}

/** What is allowed but hardly meant. A doubtful name is pointed out at its own field. */
export function hintsFor(settings: ProviderSettings): FormHint[] {
  const names = placeholderNamesOf(settings)
  const hints: FormHint[] = []
  if (!names.includes('To'))
    hints.push({ text: 'Nothing uses $$To, so every message goes to the same place.', missing: 'To' })
  if (!names.includes('Body') && !names.includes('TemplateID')) {
    hints.push({
      text: 'Nothing uses $$Body or $$TemplateID, so the text is not sent along.',
      missing: 'Body',
    })
  }
  for (const [one, other] of caseTwins(names)) {
    hints.push({ text: `$$${one} and $$${other} are two placeholders: case matters.`, missing: null })
  }
  return hints
}

/** Names in a text that are taken as custom placeholders, and what was probably meant by them. */
export function doubtfulIn(text: string): { name: string; meant: SystemPlaceholder }[] {
  const found = new Map<string, SystemPlaceholder>()
  for (const part of parseTemplate(text)) {
    const meant = part.kind === 'placeholder' ? intendedPlaceholder(part.name) : null
    if (part.kind === 'placeholder' && meant) found.set(part.name, meant)
  }
  return [...found].map(([name, meant]) => ({ name, meant }))
}

/** Every `$$from` becomes `$$to`; longer names that only begin so stay. */
export function renamedPlaceholder(text: string, from: string, to: string): string {
  return parseTemplate(text)
    .map((part) => sourceOf(part.kind === 'placeholder' && part.name === from ? { ...part, name: to } : part))
    .join('')
}

export { askedPlaceholders } from '#shared/settings-texts.ts'

export const placeholderMeanings: { name: SystemPlaceholder; meaning: string }[] = [
  { name: 'To', meaning: 'The recipient’s number, E.164' },
  { name: 'Body', meaning: 'The text of the message' },
  { name: 'From', meaning: 'The provider’s From' },
  { name: 'MessageID', meaning: 'The workbench’s own id of the message' },
  { name: 'TemplateID', meaning: 'A template registered with the vendor; asked for when sending' },
  { name: 'TemplateVariables', meaning: 'Values for that template; asked for when sending' },
  { name: 'CampaignID', meaning: 'The campaign’s id; asked for when sending' },
  { name: 'CallbackURL', meaning: 'The provider’s address for callbacks, if none is given when sending' },
]

export const encodingWords = {
  name: 'encoding',
  text: '{{encoding:TEXT|UNICODE}}',
  meaning: 'The first for a text in GSM-7, the second for one in Unicode',
}

/** What a field proposes while its beginning is typed. */
export const completions = [
  ...placeholderMeanings.map(({ name, meaning }) => ({ name, text: `$$${name}`, meaning })),
  encodingWords,
]
