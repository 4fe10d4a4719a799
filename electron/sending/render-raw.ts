import { parseTemplate } from '#shared/placeholders.ts'
import type { Parameters } from '#shared/settings.ts'
import { escapeXml, UnrenderableError } from './escape.ts'
import { TextPair } from './masked-text.ts'
import { filled, renderPart, renderTemplate, type RenderContext } from './render-template.ts'

type Raw = Extract<Parameters, { kind: 'raw' }>

/** A body written by hand: its own text goes out as it is, values are escaped by the content type. */
export function renderRaw(raw: Raw, context: RenderContext): { text: TextPair; contentType: string } {
  const contentType = raw.contentType.trim() || 'text/plain; charset=utf-8'
  const [type = ''] = contentType.split(';', 1)
  if (/\/.*json/i.test(type)) return { text: renderJson(raw.text, context), contentType }
  if (/\/(?:.*\+)?xml/i.test(type)) return { text: renderXml(raw.text, context), contentType }
  const place = /x-www-form-urlencoded/i.test(type) ? 'form' : 'raw'
  return { text: renderTemplate(raw.text, place, context), contentType }
}

/**
 * Inside a JSON string a value is escaped; a placeholder that stands bare (`{"ttl": $$ttl}`) becomes a JSON value of
 * its own: as typed where that is valid JSON, else a string. The number and the text are always strings.
 */
function renderJson(template: string, context: RenderContext): TextPair {
  const text = new TextPair()
  let inString = false
  let afterBackslash = false
  for (const part of parseTemplate(template)) {
    if (part.kind === 'text') {
      inString = endsInString(part.text, inString)
      afterBackslash = inString && /(?<!\\)(?:\\\\)*\\$/.test(part.text)
      text.text(part.text)
    } else if (afterBackslash) {
      throw new UnrenderableError(
        `A backslash stands before ${nameOf(part)}: it would escape the value’s first character, so the value could leave its string.`,
      )
    } else if (inString) renderPart(text, part, 'json', context)
    else if (part.kind === 'placeholder')
      text.text(filled(part.name, context, (value) => bareJson(part.name, value)))
    else {
      text.text('"')
      renderPart(text, part, 'json', context)
      text.text('"')
    }
  }
  return text
}

function nameOf(part: { kind: 'placeholder' | 'secret'; name: string }): string {
  return part.kind === 'secret' ? `the secret ${part.name}` : `$$${part.name}`
}

function endsInString(text: string, startsInString: boolean): boolean {
  let inString = startsInString
  for (let index = 0; index < text.length; index += 1) {
    if (inString && text[index] === '\\') index += 1
    else if (text[index] === '"') inString = !inString
  }
  return inString
}

const alwaysText = new Set(['To', 'Body', 'From', 'MessageID'])

function bareJson(name: string, value: string): string {
  if (!alwaysText.has(name) && isJson(value)) return value.trim()
  return JSON.stringify(value)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function renderXml(template: string, context: RenderContext): TextPair {
  const text = new TextPair()
  let before = ''
  for (const part of parseTemplate(template)) {
    if (part.kind === 'text') {
      text.text(part.text)
      before += part.text
    } else if (inCharacterData(before)) {
      if (part.kind === 'secret')
        throw new UnrenderableError('A secret cannot stand in a CDATA section; use plain text there.')
      text.text(filled(part.name, context, (value) => forCharacterData(value, text.wire)))
    } else renderPart(text, part, 'xml', context)
  }
  return text
}

function inCharacterData(before: string): boolean {
  return before.lastIndexOf('<![CDATA[') > before.lastIndexOf(']]>')
}

/** Nothing is escaped in CDATA; only its own end has to be split in two, even where what precedes begins it. */
function forCharacterData(value: string, before: string): string {
  escapeXml(value)
  const begun = /\]{0,2}$/.exec(before)?.[0] ?? ''
  return (begun + value).replaceAll(']]>', ']]]]><![CDATA[>').slice(begun.length)
}
