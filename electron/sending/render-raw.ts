import { parseTemplate } from '#shared/placeholders.ts'
import type { Parameters } from '#shared/provider.ts'
import { escapeXml, UnrenderableError } from './escape.ts'
import { TextPair } from './masked-text.ts'
import { renderPart, renderTemplate, valueOf, type RenderContext } from './render-template.ts'

type Raw = Extract<Parameters, { kind: 'raw' }>

/** A body written by hand: its own text goes out as it is, values are escaped by the content type. */
export function renderRaw(raw: Raw, context: RenderContext): { text: TextPair; contentType: string } {
  const contentType = raw.contentType.trim() || 'text/plain; charset=utf-8'
  if (/[/+]json\b/i.test(contentType)) return { text: renderJson(raw.text, context), contentType }
  if (/[/+]xml\b/i.test(contentType)) return { text: renderXml(raw.text, context), contentType }
  const place = /x-www-form-urlencoded/i.test(contentType) ? 'form' : 'raw'
  return { text: renderTemplate(raw.text, place, context), contentType }
}

/**
 * Inside a JSON string a value is escaped; a placeholder that stands bare (`{"ttl": $$ttl}`) becomes a JSON value of
 * its own: as typed where that is valid JSON, else a string. The number and the text are always strings.
 */
function renderJson(template: string, context: RenderContext): TextPair {
  const text = new TextPair()
  let inString = false
  for (const part of parseTemplate(template)) {
    if (part.kind === 'text') {
      inString = endsInString(part.text, inString)
      text.text(part.text)
    } else if (inString) renderPart(text, part, 'json', context)
    else if (part.kind === 'placeholder') text.text(bareJson(part.name, valueOf(part.name, context)))
    else {
      text.text('"')
      renderPart(text, part, 'json', context)
      text.text('"')
    }
  }
  return text
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
      text.text(forCharacterData(valueOf(part.name, context)))
    } else renderPart(text, part, 'xml', context)
  }
  return text
}

function inCharacterData(before: string): boolean {
  return before.lastIndexOf('<![CDATA[') > before.lastIndexOf(']]>')
}

/** Nothing is escaped in CDATA; only its own end has to be split in two. */
function forCharacterData(value: string): string {
  escapeXml(value)
  return value.replaceAll(']]>', ']]]]><![CDATA[>')
}
