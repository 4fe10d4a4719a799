import { vendorSchema } from '../../shared/catalogue/entry.ts'

/** The most that is told of one file: who mends it sees the rest when these are gone. */
const mostIssues = 5

/**
 * What is wrong with a file of the catalogue, one issue a line, each with its path in the file; null: nothing. Also used
 * by the build, which an import through the package's own names would not reach.
 */
export function vendorFileIssue(file: string, content: unknown): string | null {
  const parsed = vendorSchema.safeParse(content)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
    const more = lines.length - mostIssues
    return [...lines.slice(0, mostIssues), ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
  }
  const { id } = parsed.data
  if (id === 'generic') return 'id: “generic” is taken by Other (Generic).'
  return file.endsWith(`/${id}.json`) ? null : `id: The file is to be named after its id, ${id}.json.`
}
