/**
 * Benches: each figure is a ratio to a bare yardstick that is measured beside it in the same run, the median of several,
 * because machines differ and are noisy. `npm run bench` prints a table, `npm run bench -- --json` one JSON object.
 */
import { ensureBuilt } from '../../electron/launch/build.ts'
import { benchBundles } from './bundles.ts'
import { benchCallbacks } from './callbacks.ts'
import { benchExport } from './export.ts'
import { benchLog } from './log.ts'
import { benchSending } from './sending.ts'
import { benchStall } from './stall.ts'
import { benchStart } from './start.ts'
import { benchStats } from './stats.ts'

export interface Figure {
  value: number
  unit: string
  yardstick: string
}

// What ships is measured, so it is built first where that is needed.
await ensureBuilt(() => process.stderr.write('Building…\n'))

const figures: Record<string, Figure> = {
  ...(await benchSending()),
  ...(await benchCallbacks()),
  ...(await benchStart()),
  ...(await benchLog()),
  ...(await benchExport()),
  ...(await benchStall()),
  ...(await benchStats()),
  ...benchBundles(),
}

if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
else {
  const rows = Object.entries(figures).map(([name, { value, unit, yardstick }]) => ({
    name,
    value,
    unit,
    yardstick,
  }))
  console.table(rows)
}
