import { describe, expect, it } from 'vitest'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { fault } from '../../helpers/fault.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

describe('the workbench’s faults', () => {
  it('hold at once, for the generic provider, too, are told of, and are there after a restart', async () => {
    const desk = await openTestWorkbench({ host: 'headless' })
    expect(await desk.call('simulator.faults', undefined)).toEqual({ seed: 1, faults: [] })
    const { address } = await desk.call('simulator.start', undefined)
    const provider = providerInput({ endpoint: `${address}${genericSimulatorPath}` })
    const outcome = async () => onlyAttempt(await desk.call('messages.send', sendInput(provider))).outcome
    expect(await outcome()).toMatchObject({ class: 'accepted' })
    const faults = {
      seed: 42,
      faults: [fault({ vendor: 'generic', number: '0123', effect: { kind: 'answer', answer: 'noCredit' } })],
    }
    expect(await desk.call('simulator.setFaults', faults)).toEqual(faults)
    expect(desk.events.findLast(({ name }) => name === 'simulator.faults')?.payload).toEqual(faults)
    expect(await outcome()).toMatchObject({ code: 'payment_required' })
    await desk.reopen()
    expect(await desk.call('simulator.faults', undefined)).toEqual(faults)
    const again = await desk.call('simulator.start', undefined)
    provider.settings.endpoint = `${again.address}${genericSimulatorPath}`
    expect(await outcome()).toMatchObject({ code: 'payment_required' })
    const [received] = await desk.call('simulator.received', undefined)
    expect(received).toMatchObject({
      vendor: 'generic',
      accepted: false,
      fault: 'Fault: answered as no credit',
    })
    await desk.close()
  })

  it('are refused where one is wrong, and stay as they were', async () => {
    const desk = await openTestWorkbench()
    for (const changes of [
      { share: 0 },
      { number: 'abc' },
      { effect: { kind: 'latency', ms: 200_000 } as const },
    ]) {
      const refusal = await desk.refusal('simulator.setFaults', { seed: 1, faults: [fault(changes)] })
      expect(refusal).toMatchObject({ code: 'invalid_input' })
    }
    expect(await desk.call('simulator.faults', undefined)).toEqual({ seed: 1, faults: [] })
    await desk.close()
  })

  it('begin to draw anew when they are set or the simulator starts', async () => {
    const desk = await openTestWorkbench()
    const some = { seed: 7, faults: [fault({ share: 50, effect: { kind: 'status', status: 503 } })] }
    const run = async () => {
      const { address } = await desk.call('simulator.start', undefined)
      const statuses: number[] = []
      for (let count = 0; count < 12; count += 1) {
        const answer = await fetch(`${address}${genericSimulatorPath}?to=14155550123&text=Hi`)
        statuses.push(answer.status)
        await answer.text()
      }
      return statuses
    }
    await desk.call('simulator.setFaults', some)
    const first = await run()
    expect(new Set(first)).toEqual(new Set([201, 503]))
    await desk.call('simulator.setFaults', some)
    expect(await run()).toEqual(first)
    await desk.call('simulator.stop', undefined)
    expect(await run()).toEqual(first)
    await desk.close()
  })
})
