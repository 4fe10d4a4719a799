import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { readVendorFile } from './read-vendor-file.ts'

/** Fails a build whose catalogue holds a file that is broken, and says what is wrong with which. */
export function wholeCatalogue(folder: string): Plugin {
  return {
    name: 'whole-catalogue',
    buildStart() {
      const broken = brokenFiles(folder)
      if (broken.length > 0) this.error(`The catalogue cannot be built:\n${broken.join('\n')}`)
    },
  }
}

/** One text for each broken file: its path, then its issues, indented. */
export function brokenFiles(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.sort().flatMap((name) => {
    const file = join(folder, name)
    const issue = issueOf(file)
    return issue === null ? [] : [`${file}\n  ${issue.replaceAll('\n', '\n  ')}`]
  })
}

function issueOf(file: string): string | null {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : String(error)}`
  }
  return readVendorFile(file.replaceAll('\\', '/'), content).issue
}
