import { remembered } from './remembered.ts'

/**
 * Placeholders of the message (`$$To`), references to the vault (`{{secret:name}}`) and words that depend on the text's
 * encoding (`{{encoding:TEXT|UNICODE}}`) inside a provider's settings. Names are case-sensitive. Any `$$name` that is
 * not listed here is a custom placeholder, asked for when sending.
 */
export const systemPlaceholders = [
  'To',
  'Body',
  'MessageID',
  'TemplateID',
  'TemplateVariables',
  'CampaignID',
  'From',
  'CallbackURL',
] as const
export type SystemPlaceholder = (typeof systemPlaceholders)[number]

export type TemplatePart =
  | { kind: 'text'; text: string }
  | { kind: 'placeholder'; name: string }
  | { kind: 'secret'; name: string }
  /** The first for a text in GSM-7, the second for one in UCS-2. */
  | { kind: 'encoding'; gsm7: string; unicode: string }

const token =
  /\$\$([A-Za-z][A-Za-z0-9_]*)|\{\{secret:([A-Za-z0-9_.-]+)\}\}|\{\{encoding:([^|{}]*)\|([^|{}]*)\}\}/g

/** Splits a template once, so that a value that itself contains `$$To` is never expanded again. */
export function parseTemplate(template: string): readonly TemplatePart[] {
  return template.length > longestKept ? splitTemplate(template) : splitKnown(template)
}

/** The same few templates are filled in over and over. */
const splitKnown = remembered<readonly TemplatePart[]>(1000, splitTemplate)
/** A long body that is being typed would be kept once for every key. */
const longestKept = 10_000

function splitTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let end = 0
  for (const match of template.matchAll(token)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) })
    if (match[1] !== undefined) parts.push({ kind: 'placeholder', name: match[1] })
    else if (match[2] !== undefined) parts.push({ kind: 'secret', name: match[2] })
    else parts.push({ kind: 'encoding', gsm7: match[3] ?? '', unicode: match[4] ?? '' })
    end = match.index + match[0].length
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) })
  return parts
}

/** A part as it is written in a template. */
export function sourceOf(part: TemplatePart): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'placeholder':
      return `$$${part.name}`
    case 'secret':
      return secretReference(part.name)
    case 'encoding':
      return `{{encoding:${part.gsm7}|${part.unicode}}}`
  }
}

export function placeholdersIn(templates: Iterable<string>): Set<string> {
  return namesIn(templates, 'placeholder')
}

export function secretsIn(templates: Iterable<string>): Set<string> {
  return namesIn(templates, 'secret')
}

function namesIn(templates: Iterable<string>, kind: 'placeholder' | 'secret'): Set<string> {
  const names = new Set<string>()
  for (const template of templates) {
    for (const part of parseTemplate(template)) if (part.kind === kind) names.add(part.name)
  }
  return names
}

/** Whether any of it is written in one way for GSM-7 and in another for UCS-2. */
export function dependsOnEncoding(template: string): boolean {
  return parseTemplate(template).some((part) => part.kind === 'encoding')
}

export function secretReference(name: string): string {
  return `{{secret:${name}}}`
}

/** A JSON template as JSON: numbers stand for placeholders, in a string or bare, so that all else stays in its place. */
export function withStandIns(template: string): string {
  return parseTemplate(template)
    .map((part) => (part.kind === 'text' ? part.text : '0'.padEnd(sourceOf(part).length)))
    .join('')
}

export function isSystemPlaceholder(name: string): name is SystemPlaceholder {
  return (systemPlaceholders as readonly string[]).includes(name)
}

/**
 * `$$to` is a custom placeholder by the rules, but hardly ever meant as one; nor are the other ways in which people and
 * other platforms write these names: `$$BODY`, `$$TemplateId`, `$$message_id`.
 */
export function intendedPlaceholder(name: string): SystemPlaceholder | null {
  if (isSystemPlaceholder(name)) return null
  return systemPlaceholders.find((known) => bare(known) === bare(name)) ?? null
}

const bare = (name: string) => name.toLowerCase().replaceAll('_', '')

/** Custom names that differ from one another only by case, side by side: each is asked for by itself. */
export function caseTwins(names: Iterable<string>): [string, string][] {
  const seen = new Map<string, string>()
  const twins: [string, string][] = []
  for (const name of names) {
    if (isSystemPlaceholder(name) || intendedPlaceholder(name)) continue
    const other = seen.get(name.toLowerCase())
    if (other !== undefined && other !== name) twins.push([other, name])
    else seen.set(name.toLowerCase(), name)
  }
  return twins
}
