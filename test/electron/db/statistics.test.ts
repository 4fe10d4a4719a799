import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'
import { storeFile } from './fixtures/damage.ts'

let scene: CallbackScene
beforeEach(async () => {
  scene = await openCallbackScene()
})
afterEach(() => scene.close())

it('a store that was closed with a message or two looks messages up by their place afterwards', async () => {
  await scene.send()
  await scene.workbench.close()
  const db = new DatabaseSync(storeFile(scene.folder), { readOnly: true })
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT 1 FROM message_numbers JOIN messages ON seq = message_seq WHERE number = '1'`,
    )
    .all()
    .map(({ detail }) => detail)
  db.close()
  expect(plan).toEqual([
    'SEARCH message_numbers USING PRIMARY KEY (number=?)',
    'SEARCH messages USING INTEGER PRIMARY KEY (rowid=?)',
  ])
})
