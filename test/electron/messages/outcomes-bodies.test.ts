import { afterAll, beforeAll, describe, it } from 'vitest'
import { check, openOutcomesWorkbench } from '../../helpers/outcome-cases.ts'
import type { TestWorkbench } from '../../helpers/workbench.ts'
import { bodies } from './outcomes/bodies.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openOutcomesWorkbench()
})
afterAll(() => test.close())

describe('an answer by its body', () => {
  it.each(bodies)('$name: $class ($code)', (one) => check(test, one))
})
