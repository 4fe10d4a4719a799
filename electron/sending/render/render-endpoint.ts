import { parseTemplate, sourceOf, type TemplatePart } from '#shared/placeholders.ts'
import { remembered } from '#shared/remembered.ts'
import { UnrenderableError, wellFormed } from './escape.ts'
import { TextPair } from './masked-text.ts'
import {
  filled,
  renderPart,
  renderRows,
  type RenderContext,
  type RequestSettings,
} from './render-template.ts'

interface RenderedEndpoint {
  text: TextPair
  url: URL
  path: string
}

/** The endpoint with its placeholders filled in, and with GET the rows as its query. */
export function renderEndpoint(settings: RequestSettings, context: RenderContext): RenderedEndpoint {
  const template = settings.endpoint.trim()
  const isWhole = settings.method === 'POST' || settings.parameters.kind !== 'form'
  if (isWhole && parseTemplate(template).every(({ kind }) => kind === 'text')) return plainEndpoint(template)
  const text = renderAddress(template, context)
  if (settings.method === 'GET' && settings.parameters.kind === 'form') {
    const query = renderRows(settings.parameters.rows, 'url', context)
    if (query.wire !== '') {
      text.text(joinerFor(text.wire))
      text.append(query)
    }
  }
  const url = parseAddress(text.wire)
  return { text, url, path: pathOf(text.wire) }
}

/** Without placeholders it is the same for every message; nobody may change what is shared. */
const plainEndpoint = remembered(200, (template): RenderedEndpoint => {
  const text = renderAddress(template, { values: {}, secretValue: () => '', userAgent: '' })
  return { text, url: parseAddress(text.wire), path: pathOf(text.wire) }
})

function joinerFor(address: string): string {
  if (!address.includes('?')) return '?'
  return /[?&]$/.test(address) ? '' : '&'
}

function renderAddress(template: string, context: RenderContext): TextPair {
  const text = new TextPair()
  let own = ''
  for (const part of parseTemplate(template)) {
    if (part.kind === 'text') {
      const [address = '', fragment] = part.text.split('#', 2)
      text.text(encodeStray(address))
      own += address
      if (fragment !== undefined) break
    } else {
      if (inAuthority(text.wire)) text.text(hostPart(part, context))
      else renderPart(text, part, 'url', context)
      own += 'x'
    }
  }
  refuseDotSegments(own, text.wire)
  return text
}

/** Characters that may not stand in an address as they are; `%` stays, as it may already escape something. */
function encodeStray(text: string): string {
  return wellFormed(text).replace(/[^\x21-\x7E]|["<>\\^`{|}]/gu, (character) => encodeURIComponent(character))
}

function inAuthority(before: string): boolean {
  return !/^https?:\/\/[^/?]+[/?]/i.test(before)
}

/** Inside the host a value may not bring in a port, a path or credentials. */
function hostPart(part: Exclude<TemplatePart, { kind: 'text' }>, context: RenderContext): string {
  if (part.kind === 'secret')
    throw new UnrenderableError('A secret cannot be part of the host: every log on the way would show it.')
  return filled(part, context, (value) => {
    if (/^[A-Za-z0-9-]+$/.test(value)) return value
    throw new UnrenderableError(
      `${sourceOf(part)} stands in the host name and may hold letters, digits and hyphens only.`,
    )
  })
}

/** A value of `..` would climb out of the path that the endpoint's own text names, escaped or not. */
function refuseDotSegments(own: string, address: string): void {
  if (climbs(address) && !climbs(own)) {
    throw new UnrenderableError('A value in the path is “.” or “..”, which would change the address.')
  }
}

function climbs(address: string): boolean {
  const [path = ''] = pathOf(address).split('?', 1)
  return path.split('/').some((step) => /^(?:\.|%2e){1,2}$/i.test(step))
}

function pathOf(address: string): string {
  const rest = address.replace(/^https?:\/\/[^/?]*/i, '')
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** Most endpoints are the same for every message, and parsing one costs more than the rest of its rendering. */
const parseAddress = remembered(200, (address) => {
  if (!/^https?:\/\//i.test(address)) {
    throw new UnrenderableError('The endpoint has to start with https:// or http://.')
  }
  return toUrl(address)
})

function toUrl(address: string): URL {
  try {
    return new URL(address)
  } catch {
    throw new UnrenderableError('The endpoint is not a valid address.')
  }
}
