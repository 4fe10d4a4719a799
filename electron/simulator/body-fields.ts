import { rawKindOf } from '#shared/body-kind.ts'
import { parseXml, type XmlElement } from '#shared/xml-document.ts'

/** Form, JSON or XML by its content type; anything else is taken as a text with no fields. */
export function bodyFields(contentType: string, body: string): object {
  switch (rawKindOf(contentType)) {
    case 'json':
      return parseJson(body)
    case 'form':
      return Object.fromEntries(new URLSearchParams(body))
    case 'xml':
      return xmlFields(body)
    case 'text':
      return {}
  }
}

function parseJson(body: string): object {
  try {
    const parsed: unknown = JSON.parse(body)
    return Array.isArray(parsed)
      ? { batch: parsed }
      : typeof parsed === 'object' && parsed !== null
        ? parsed
        : {}
  } catch {
    return {}
  }
}

/** Attributes and leaf elements by name; enough to read a number and a text out of any vendor's message. */
function xmlFields(body: string): Record<string, string> {
  const fields: [string, string][] = []
  const collect = ({ name, attributes, children }: XmlElement) => {
    for (const [key, value] of attributes) fields.push([localName(key), value])
    const texts = children.filter((child) => typeof child === 'string')
    if (texts.length > 0 && texts.length === children.length) fields.push([localName(name), texts.join('')])
    for (const child of children) if (typeof child === 'object') collect(child)
  }
  const root = parseXml(body)
  if (root) collect(root)
  return Object.fromEntries(fields)
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
