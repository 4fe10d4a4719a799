import { afterAll, beforeAll, describe, it } from 'vitest'
import { check, openOutcomesWorkbench } from '../../helpers/outcome-cases.ts'
import type { TestWorkbench } from '../../helpers/workbench.ts'
import { statuses } from './outcomes/statuses.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openOutcomesWorkbench()
})
afterAll(() => test.close())

describe('an answer by its status', () => {
  it.each(statuses)('$name: $class ($code)', (one) => check(test, one))
})
