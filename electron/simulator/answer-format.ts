/** An answer as it goes out: JSON, or XML or plain text where the request's Accept header asks for it. */
export interface FormattedAnswer {
  contentType: string
  body: string
}

/** The body's fields are flat. In plain text a success is `OK id`, a failure `ERR code message`, as gateways put it. */
export function formatAnswer(accept: string, body: Readonly<Record<string, string>>): FormattedAnswer {
  if (/[/+]xml\b/i.test(accept)) return { contentType: 'application/xml; charset=utf-8', body: asXml(body) }
  if (/\btext\/plain\b/i.test(accept))
    return { contentType: 'text/plain; charset=utf-8', body: asPlain(body) }
  return { contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) }
}

// What XML has no form for is left out.
const notInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu

function asXml(body: Readonly<Record<string, string>>): string {
  const fields = Object.entries(body).map(([name, value]) => `  <${name}>${escaped(value)}</${name}>\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<response>\n${fields.join('')}</response>\n`
}

function escaped(value: string): string {
  return value.replace(notInXml, '').replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function asPlain({ id, code, message }: Readonly<Record<string, string>>): string {
  return id === undefined ? `ERR ${code ?? ''} ${message ?? ''}` : `OK ${id}`
}
