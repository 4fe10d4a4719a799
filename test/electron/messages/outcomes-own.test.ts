import { afterAll, beforeAll, describe, it } from 'vitest'
import { check, openOutcomesWorkbench } from '../../helpers/outcome-cases.ts'
import type { TestWorkbench } from '../../helpers/workbench.ts'
import { own } from './outcomes/own.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openOutcomesWorkbench()
})
afterAll(() => test.close())

describe('an end on this side', () => {
  it.each(own)('$name: $class ($code)', (one) => check(test, one))
})
