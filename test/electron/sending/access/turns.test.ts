import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Cancellation } from '../../../../electron/sending/cancellation.ts'
import { Turns } from '../../../../electron/sending/access/turns.ts'
import { handClock } from '../../../helpers/hand-clock.ts'

describe('turns', () => {
  it('are evenly spaced, in the order of coming, and the first is had at once', async () => {
    const clock = handClock()
    const turns = new Turns(clock)
    const went: [string, number][] = []
    const come = async (name: string) => {
      await turns.take('one', { perSecond: 4 }, new Cancellation())
      went.push([name, clock.now()])
    }
    expect(turns.take('one', { perSecond: 4 }, new Cancellation())).toBeNull()
    const all = ['a', 'b', 'c'].map(come)
    await clock.advance(2000)
    await Promise.all(all)
    expect(went).toEqual([
      ['a', 250],
      ['b', 500],
      ['c', 750],
    ])
    // The one after a long silence does not wait, and silence is not saved up.
    expect(turns.take('one', { perSecond: 4 }, new Cancellation())).toBeNull()
    expect(turns.take('one', { perSecond: 4 }, new Cancellation())).not.toBeNull()
  })

  it('of one provider are none of another’s business', () => {
    const turns = new Turns(handClock())
    expect(turns.take('one', { perSecond: 0.01 }, new Cancellation())).toBeNull()
    expect(turns.take('two', { perSecond: 0.01 }, new Cancellation())).toBeNull()
  })

  it('that are given up go to the next', async () => {
    const clock = handClock()
    const turns = new Turns(clock)
    const stop = new Cancellation()
    void turns.take('one', { perSecond: 1 }, stop)
    const given = turns.take('one', { perSecond: 1 }, stop)
    let gone = 0
    void turns.take('one', { perSecond: 1 }, new Cancellation())?.then(() => (gone = clock.now()))
    stop.cancel()
    await given
    await clock.advance(1000)
    expect(gone).toBe(1000)
    expect(clock.waiting()).toBe(0)
  })

  it('come at a changed rate at once, for those too who wait already', async () => {
    const clock = handClock()
    const turns = new Turns(clock)
    const went: [string, number][] = []
    const come = async (name: string, perSecond: number, draft = false) => {
      await turns.take('one', { perSecond, draft }, new Cancellation())
      went.push([name, clock.now()])
    }
    turns.take('one', { perSecond: 0.01 }, new Cancellation())
    await clock.advance(1000)
    expect(turns.take('one', { perSecond: 100 }, new Cancellation())).toBeNull()
    const slow = come('slow', 0.01)
    // What is being tried out hurries nobody else.
    const draft = come('draft', 100, true)
    await clock.advance(500)
    expect(went).toEqual([])
    const quick = come('quick', 10)
    await clock.advance(1000)
    await Promise.all([slow, draft, quick])
    expect(went).toEqual([
      ['slow', 1500],
      ['draft', 1510],
      ['quick', 1610],
    ])
    void come('slower', 0.1)
    await clock.advance(9109)
    expect(went).toHaveLength(3)
    await clock.advance(1)
    expect(went).toHaveLength(4)
  })

  it('that are given back go to the next, and who had one goes first', async () => {
    const clock = handClock()
    const turns = new Turns(clock)
    const went: [string, number][] = []
    const take = (again: boolean) => turns.take('one', { perSecond: 1, again }, new Cancellation())
    take(false)
    const unready = (async () => {
      const giveBack = await take(false)
      giveBack?.()
      await clock.settle()
      await take(true)
      went.push(['unready', clock.now()])
    })()
    const others = ['a', 'b'].map((name) => take(false)?.then(() => went.push([name, clock.now()])))
    await clock.advance(4000)
    await Promise.all([unready, ...others])
    expect(went).toEqual([
      ['a', 1000],
      ['unready', 2000],
      ['b', 3000],
    ])
  })

  it('are never closer than they may be, nor far apart while others wait', async () => {
    const rate = fc.integer({ min: 1, max: 180 })
    const gaps = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 2, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(rate, gaps, async (perSecond, comings) => {
        const clock = handClock()
        const turns = new Turns(clock)
        const went: number[] = []
        for (const gap of comings) {
          await clock.advance(gap)
          const turn = turns.take('one', { perSecond }, new Cancellation())
          if (turn) void turn.then(() => went.push(clock.now()))
          else went.push(clock.now())
        }
        await clock.advance(comings.length * 1000)
        expect(went).toHaveLength(comings.length)
        const apart = went.slice(1).map((at, index) => at - (went[index] ?? 0))
        for (const ms of apart) expect(ms).toBeGreaterThanOrEqual(1000 / perSecond - 1e-9)
      }),
      { numRuns: 100 },
    )
  })

  it('keep up with a high rate although timers are late', async () => {
    const clock = handClock(1.4)
    const turns = new Turns(clock)
    let went = 0
    for (let count = 0; count < 3000; count += 1) {
      const turn = turns.take('one', { perSecond: 1000 }, new Cancellation())
      if (turn) void turn.then(() => (went += 1))
      else went += 1
    }
    await clock.advance(1000)
    expect(went).toBeGreaterThan(950)
    expect(went).toBeLessThanOrEqual(1003)
  })
})
