import { addField, noFields, type Fields } from './decode-form.ts'
import { mostFields } from './limits.ts'

const boundaryIn = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i
const nameIn = /;\s*name="([^"\r\n]*)"/i
const isFile = /;\s*filename\*?=/i

/** The plain fields of multipart/form-data; files are left out. Null where it is none. */
export function readMultipart(text: string, contentType: string): Fields | null {
  const [, quoted, bare] = boundaryIn.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) return null
  const parts = `\r\n${text}`.split(`\r\n--${boundary}`, mostFields + 2)
  if (parts.length < 2 || parts.length > mostFields) return null
  const fields = noFields()
  for (const part of parts.slice(1)) {
    const end = part.indexOf('\r\n\r\n')
    const head = end === -1 ? '' : part.slice(0, end)
    const name = nameIn.exec(head)?.[1]
    if (name !== undefined && !isFile.test(head)) addField(fields, name, part.slice(end + 4))
  }
  return fields
}
