import { join } from 'node:path'
import { start } from './entry.ts'

await start(import.meta.dirname, async () => {
  const { runCommandLine } = await import('./cli/program.ts')
  await runCommandLine(process.argv.slice(2), join(import.meta.dirname, '../..'))
})
