// By its path rather than its name: the build reads files with this, too, before there are names.
import { vendorSchema, type Vendor } from '../../shared/catalogue/entry.ts'

/** The most that is told of one file: who mends it sees the rest when these are gone. */
const mostIssues = 5

export type ReadVendor = { vendor: Vendor; issue: null } | { vendor: null; issue: string }

/** A file of the catalogue as it is meant, or what is wrong with it: one issue a line, each with its path in the file. */
export function readVendorFile(file: string, content: unknown): ReadVendor {
  const parsed = vendorSchema.safeParse(content)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
    const more = lines.length - mostIssues
    return broken([...lines.slice(0, mostIssues), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'))
  }
  const { id } = parsed.data
  if (id === 'generic') return broken('id: “generic” is taken by Other (Generic).')
  if (!file.endsWith(`/${id}.json`)) return broken(`id: The file has to be named after it, ${id}.json.`)
  return { vendor: parsed.data, issue: null }
}

const broken = (issue: string): ReadVendor => ({ vendor: null, issue })
