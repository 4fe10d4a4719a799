import { exitCodes } from '../exit-codes.ts'
import { checks, type CheckResult, type Examined } from './doctor-checks.ts'
import { printResult, tableLines } from './output.ts'

/** Looks at everything that the workbench depends on, mends nothing, and says what is wrong with what. */
export async function examineAll({ json, ...examined }: Examined & { json: boolean }): Promise<number> {
  const results: CheckResult[] = []
  for (const [name, check] of Object.entries(checks))
    results.push({ name, ...(await resultOf(check, examined)) })
  printResult(json, { checks: results }, () =>
    tableLines(results.map(({ name, state, says }) => [state, name, says])),
  )
  return results.some(({ state }) => state === 'fail') ? exitCodes.notUsable : exitCodes.ok
}

async function resultOf(check: (typeof checks)[string], examined: Examined) {
  try {
    return await check(examined)
  } catch (error) {
    return { state: 'fail' as const, says: error instanceof Error ? error.message : String(error) }
  }
}
