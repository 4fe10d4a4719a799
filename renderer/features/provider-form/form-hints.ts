import { intendedPlaceholder, parseTemplate } from '#shared/placeholders.ts'
import { placeholderNamesOf } from '#shared/settings-texts.ts'
import { type ProviderSettings } from '#shared/settings.ts'

/** What is allowed but hardly meant. */
export function hintsFor(settings: ProviderSettings): string[] {
  const names = placeholderNamesOf(settings)
  const hints = names.flatMap((name) => {
    const meant = intendedPlaceholder(name)
    return meant ? [`$$${name} is taken as a custom placeholder. Did you mean $$${meant}?`] : []
  })
  if (!names.includes('To')) hints.push('Nothing uses $$To, so every message goes to the same place.')
  if (!names.includes('Body') && !names.includes('TemplateID')) {
    hints.push('Nothing uses $$Body or $$TemplateID, so the text is not sent along.')
  }
  if (!readsAsJson(settings)) {
    hints.push('The body is not valid JSON: a comma, quote or bracket is missing or too many.')
  }
  return hints
}

/** Whether a raw JSON body can be read once its placeholders and secrets have values, in quotes or bare. */
function readsAsJson({ method, parameters }: ProviderSettings): boolean {
  if (parameters.kind !== 'raw' || method === 'GET' || !/\bjson\b/i.test(parameters.contentType)) return true
  const filled = parseTemplate(parameters.text).map((part) => (part.kind === 'text' ? part.text : '0'))
  try {
    JSON.parse(filled.join(''))
    return true
  } catch {
    return false
  }
}

const given = new Set(['To', 'Body', 'MessageID', 'From'])

/** The placeholders whose values are asked for when a message is sent. */
export function askedPlaceholders(settings: ProviderSettings): string[] {
  return placeholderNamesOf(settings).filter((name) => !given.has(name))
}

export const placeholderMeanings: { name: string; meaning: string }[] = [
  { name: 'To', meaning: 'The recipient’s number, E.164' },
  { name: 'Body', meaning: 'The text of the message' },
  { name: 'From', meaning: 'The provider’s From' },
  { name: 'MessageID', meaning: 'The workbench’s own id of the message' },
  { name: 'TemplateID', meaning: 'A template registered with the vendor; asked for when sending' },
  { name: 'TemplateVariables', meaning: 'Values for that template; asked for when sending' },
  { name: 'CampaignID', meaning: 'The campaign’s id; asked for when sending' },
  { name: 'CallbackURL', meaning: 'Where receipts are to be posted; asked for when sending' },
]
