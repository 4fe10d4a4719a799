import type { SimulatedAnswer } from '#shared/catalogue/simulated.ts'
import type { Reply } from '../decision.ts'
import { fillText, fillValue, type Filling } from './templates.ts'

/** An answer as it goes out, in JSON unless its content type is another and its body a text. */
export function writeAnswer(answer: SimulatedAnswer, filling: Filling): Reply {
  const { status, contentType = 'application/json; charset=utf-8', body } = answer
  const headers: Record<string, string> = { 'content-type': contentType }
  for (const [name, value] of Object.entries(answer.headers))
    headers[name.toLowerCase()] = inHeader(fillText(value, filling))
  return { status, headers, body: bodyText(body, contentType, filling) }
}

function bodyText(body: unknown, contentType: string, filling: Filling): string {
  if (typeof body === 'string' && !/\bjson\b/i.test(contentType))
    return fillText(body, filling, /\bxml\b/i.test(contentType) ? inXml : undefined)
  return JSON.stringify(fillValue(body, filling))
}

const inXml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** What came with a request must not end the header that it is put into. */
const inHeader = (text: string) => text.replace(/[^\x20-\x7e]/g, '?')
