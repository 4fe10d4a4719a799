import { join } from 'node:path'
import { start } from './entry.ts'

await start(import.meta.dirname, async () => {
  const { runHeadless } = await import('./headless/run.ts')
  await runHeadless(process.argv.slice(2), join(import.meta.dirname, '../renderer'))
})
