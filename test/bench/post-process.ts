/** Posts a receipt for each id over 50 connections and tells how long it took. */
import { Agent, request } from 'undici'

const atOnce = 50
const agent = new Agent({ connections: atOnce })

process.on('message', ({ address, ids }: { address: string; ids: string[] }) => {
  void round(address, ids).then((result) => process.send?.(result))
})

async function round(address: string, ids: string[]) {
  const times: number[] = []
  let next = 0
  let answered = 0
  const started = performance.now()
  const worker = async () => {
    while (next < ids.length) {
      const meta = ids[next]
      next += 1
      const began = performance.now()
      const { statusCode, body } = await request(address, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([
          { event: 'delivered', data: [{ ts: 1_700_000_000, meta, description: 'Delivered' }] },
        ]),
      })
      await body.dump()
      if (statusCode === 200) answered += 1
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - started) / 1000
  times.sort((one, other) => one - other)
  return { seconds, answered, p99: times[Math.floor(times.length * 0.99)] ?? 0 }
}
