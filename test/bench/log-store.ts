/** Makes a workspace of so many messages, its log described as a host that stays would have it. In a process of its own. */
import { describePart, nextToDescribe } from '../../electron/db/log/log-blocks.ts'
import { openStore } from '../../electron/db/store-handle.ts'
import { createLog } from '../../electron/log.ts'
import { createWorkspace } from '../../electron/workspace.ts'
import { writeHistory } from '../history/generate.ts'

const [folder = '', messages = ''] = process.argv.slice(2)
createWorkspace(folder)
const stores = openStore(folder, { log: createLog(folder, (text) => text) })
writeHistory(stores.store, { messages: Number(messages), seed: 1, days: 120, until: 1_760_000_000_000 })
let after: number | null = -1
while (after !== null) {
  after = stores.store.writeNow((db) => {
    let block: number | null = after
    for (let parts = 0; parts < 40 && block !== null; parts += 1) {
      const next = nextToDescribe(db, block)
      if (next === null || describePart(db, next)) block = next
    }
    return block
  })
}
await stores.close()
