import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { providerInput } from '../../helpers/messages.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'
import { startChild } from '../db/fixtures/child.ts'
import { addStory, countRows, openFileOf } from './fixtures/stories.ts'

const stories = 3000

it('leaves all of a provider or nothing, wherever the deletion is killed', { timeout: 120_000 }, async () => {
  const setUp = await openTestWorkbench()
  const provider = providerInput({}, { name: 'Gone' })
  await setUp.call('providers.save', provider)
  await setUp.workbench.close()
  let whole = 0
  let gone = 0
  for (let round = 0; round < 12 && gone < 2; round += 1) {
    fill(setUp.folder, provider.id)
    await killDuring(setUp.folder, provider.id, round)
    await setUp.reopen()
    const rows = countOf(setUp.folder)
    await setUp.workbench.close()
    if (rows.providers === 1) {
      whole += 1
      expect(rows).toMatchObject({ messages: stories, attempts: stories, attempt_results: stories })
    } else {
      gone += 1
      expect(rows).toMatchObject({ providers: 0, messages: 0, attempts: 0, attempt_results: 0 })
      await setUp.reopen()
      await setUp.call('providers.save', provider)
      await setUp.workbench.close()
    }
  }
  await setUp.reopen()
  await setUp.close()
  expect(whole).toBeGreaterThan(0)
  expect(gone).toBeGreaterThan(0)
})

function fill(folder: string, id: string): void {
  const db = openFileOf(folder)
  db.exec('DELETE FROM messages')
  db.transaction(() => {
    for (let index = 0; index < stories; index += 1) addStory(db, [id])
  })()
  db.close()
}

/** Once the backup has its name the change itself begins; each round is killed a little later. */
async function killDuring(folder: string, id: string, round: number): Promise<void> {
  const backups = join(folder, 'backups')
  const count = () =>
    existsSync(backups) ? readdirSync(backups).filter((name) => name.endsWith('.sqlite')).length : 0
  const before = new Set(existsSync(backups) ? readdirSync(backups) : [])
  const { child } = startChild('../../providers/fixtures/deleting.ts', folder, id, 'Gone')
  const exited = once(child, 'exit')
  const named = () =>
    count() > 0 && readdirSync(backups).some((name) => name.endsWith('.sqlite') && !before.has(name))
  while (child.exitCode === null && !named()) await new Promise((resolve) => setTimeout(resolve, 1))
  await new Promise((resolve) => setTimeout(resolve, round * round * 6))
  child.kill('SIGKILL')
  await exited
}

function countOf(folder: string): Record<string, number> {
  const db = openFileOf(folder)
  const rows = countRows(db)
  db.close()
  return rows
}
