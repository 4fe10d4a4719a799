import { parseKeepingLongIntegers } from '#shared/json-text.ts'
import { parseXml, type XmlElement } from '#shared/xml-document.ts'
import { answerText } from './answer-text.ts'

export type BodyKind = 'JSON' | 'XML'

/** The body of an answer, read only as far as the rules ask for it. */
export class AnswerBody {
  private readonly bytes: Buffer
  private readonly contentType: string
  private whole: string | null = null
  private parsedJson: { value: unknown } | null | undefined
  private parsedXml: XmlElement | null | undefined

  constructor(bytes: Buffer, contentType: string) {
    this.bytes = bytes
    this.contentType = contentType
  }

  /** Without the byte order mark that some servers begin with. */
  get text(): string {
    this.whole ??= answerText(this.bytes, this.contentType).replace(/^\uFEFF/, '')
    return this.whole
  }

  /** Null when it is not JSON. */
  get json(): { value: unknown } | null {
    if (this.parsedJson === undefined) this.parsedJson = parseJson(this.text)
    return this.parsedJson
  }

  /** Null when it is not XML; a page for people is none. */
  get xml(): XmlElement | null {
    if (this.parsedXml === undefined) this.parsedXml = asAnswer(parseXml(this.text))
    return this.parsedXml
  }
}

function asAnswer(root: XmlElement | null): XmlElement | null {
  return root === null || /^(?:.*:)?html$/i.test(root.name) ? null : root
}

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: parseKeepingLongIntegers(text) }
  } catch {
    return null
  }
}

/** What an answer says that its body is; null where it says nothing, `other` for anything else. */
export function declaredKind(contentType: string): BodyKind | 'other' | null {
  const [type = ''] = contentType.toLowerCase().split(';', 1)
  if (type.trim() === '') return null
  if (type.includes('json')) return 'JSON'
  return /[/+]xml\s*$/.test(type) && !type.includes('xhtml') ? 'XML' : 'other'
}
