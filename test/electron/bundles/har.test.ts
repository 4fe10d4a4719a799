import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { exported, openTwoWorkspaces, type TwoWorkspaces } from '../../helpers/bundles.ts'

let two: TwoWorkspaces
beforeAll(async () => {
  two = await openTwoWorkspaces()
})
afterAll(() => two.close())

const pairs = z.array(z.object({ name: z.string(), value: z.string() }))
const phase = z.number().min(-1)
const message = {
  httpVersion: z.string(),
  cookies: z.array(z.never()),
  headers: pairs,
  headersSize: z.number(),
  bodySize: z.number(),
}

/** What HAR 1.2 asks for. */
const har = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.object({ name: z.string().min(1), version: z.string().min(1) }),
    entries: z
      .array(
        z.object({
          startedDateTime: z.iso.datetime(),
          time: z.number().min(0),
          request: z.object({
            ...message,
            method: z.string(),
            url: z.url(),
            queryString: pairs,
            postData: z.object({ mimeType: z.string(), params: pairs, text: z.string() }).optional(),
          }),
          response: z.object({
            ...message,
            status: z.number(),
            statusText: z.string(),
            content: z.object({ size: z.number(), mimeType: z.string(), text: z.string() }),
            redirectURL: z.string(),
          }),
          cache: z.object({}),
          timings: z.object({
            send: z.number().min(0),
            wait: z.number().min(0),
            receive: z.number().min(0),
            blocked: phase.optional(),
            dns: phase.optional(),
            connect: phase.optional(),
            ssl: phase.optional(),
          }),
          _kind: z.enum(['attempt', 'callback']),
        }),
      )
      .min(1),
  }),
})

it('writes attempts and callbacks as HAR 1.2, whose times are the sum of their phases', async () => {
  const { here } = two
  const sent = await here.send({ text: 'Hello & bye' })
  await here.post({ id: sent.providerMessageId, status: 'DELIVRD' })
  const { text, fileName } = await exported(here, sent.id, { form: 'har' })
  expect(fileName).toMatch(/\.har$/)
  const { log } = har.parse(JSON.parse(text))
  expect(log.entries.map(({ _kind: kind }) => kind)).toEqual(['attempt', 'callback'])
  const [attempt, callback] = log.entries
  expect(attempt?.request.postData).toMatchObject({
    mimeType: 'application/x-www-form-urlencoded',
    params: [
      { name: 'to', value: '+14155550123' },
      { name: 'text', value: 'Hello & bye' },
    ],
  })
  expect(attempt?.response).toMatchObject({
    status: 200,
    content: { text: expect.stringContaining('vendor-') },
  })
  const { ssl: _within, ...phases } = attempt!.timings
  const sum = Object.values(phases).reduce<number>((all, one) => all + Math.max(0, one ?? 0), 0)
  expect(attempt!.time).toBeCloseTo(sum, 3)
  expect(callback).toMatchObject({ request: { url: 'http://127.0.0.1/c/KEY' }, response: { status: 200 } })
})
