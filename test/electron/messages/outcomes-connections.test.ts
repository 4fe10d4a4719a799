import { afterAll, beforeAll, describe, it } from 'vitest'
import { check, openOutcomesWorkbench } from '../../helpers/outcome-cases.ts'
import type { TestWorkbench } from '../../helpers/workbench.ts'
import { connections } from './outcomes/connections.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openOutcomesWorkbench()
})
afterAll(() => test.close())

describe('the way to the provider', () => {
  it.each(connections)('$name: $class ($code)', (one) => check(test, one))
})
