import { afterAll, beforeAll, describe, it } from 'vitest'
import { check, openOutcomesWorkbench } from '../../helpers/outcome-cases.ts'
import type { TestWorkbench } from '../../helpers/workbench.ts'
import { handshakes } from './outcomes/handshakes.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openOutcomesWorkbench()
})
afterAll(() => test.close())

describe('a handshake', () => {
  it.each(handshakes)('$name: $class ($code)', (one) => check(test, one))
})
