import { longestBundle } from '#shared/bundle/limits.ts'
import type { Answer } from '../../lib/failure.ts'

const refused = (message: string): Answer<string> => {
  return { ok: false, error: { code: 'invalid_input', message, details: {} } }
}

/** A file's text, or what speaks against its being a bundle before anything of it is read. */
export async function textOfFile(file: Pick<File, 'size' | 'arrayBuffer'>): Promise<Answer<string>> {
  if (file.size > longestBundle) return refused('The file is too large to be a bundle.')
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) }
  } catch {
    return refused('The file is not text in UTF-8, so it is no bundle.')
  }
}
