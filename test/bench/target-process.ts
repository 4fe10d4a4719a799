/** The same server in a process of its own. Prints its address, and ends with its parent. */
import { startTargetServer } from './target-server.ts'

console.log((await startTargetServer()).address)
process.on('disconnect', () => process.exit(0))
