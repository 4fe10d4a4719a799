/** Form, JSON or XML by its content type; anything else is taken as a text with no fields. */
export function bodyFields(contentType: string, body: string): object {
  const [type = ''] = contentType.split(';', 1)
  if (/json/i.test(type)) return parseJson(body)
  if (/x-www-form-urlencoded/i.test(type)) return Object.fromEntries(new URLSearchParams(body))
  if (/xml/i.test(type)) return parseXml(body)
  return {}
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

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Leaf elements by name; enough to read a number and a text out of any vendor's message. Each piece up to the next `<`
 * is looked at once, so that no body takes longer than its length.
 */
function parseXml(body: string): Record<string, string> {
  const leaves: [string, string][] = []
  let opened: { name: string; text: string } | null = null
  for (const piece of body.split('<')) {
    const end = piece.indexOf('>')
    const tag = end < 0 ? '' : piece.slice(0, end)
    if (opened && tag.trimEnd() === `/${opened.name}`) leaves.push([opened.name, decodeXml(opened.text)])
    const name = /^[A-Za-z_][\w.:-]*/.exec(tag)?.[0]
    opened = name && !tag.endsWith('/') ? { name, text: piece.slice(end + 1) } : null
  }
  return Object.fromEntries(leaves)
}

function decodeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
    if (decimal) return character(Number(decimal)) ?? whole
    if (hex) return character(Number.parseInt(hex, 16)) ?? whole
    return entities[String(name)] ?? whole
  })
}

function character(code: number): string | null {
  return code <= 0x10ffff ? String.fromCodePoint(code) : null
}
