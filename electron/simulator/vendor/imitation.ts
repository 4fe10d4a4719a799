import type { Vendor } from '#shared/catalogue/entry.ts'
import type { SimulatedAnswer } from '#shared/catalogue/simulated.ts'
import { plainReply, type Exchange, type Reply } from '../decision.ts'
import { ApiImitation, type ImitationParts } from './api-imitation.ts'
import { KeptMessages } from './kept-messages.ts'
import { meets } from './needs.ts'
import { literalParts, matchPath, nearest, plainPath } from './paths.ts'
import { formFields, readBody } from './read-body.ts'
import type { RawRequest, VendorRequest } from './vendor-request.ts'
import { writeAnswer } from './write-answer.ts'

const mostKept = 2000
const mostListed = 50

/** What a request is to a vendor: a message, or something that is answered at once. */
export type Handling =
  { kind: 'message'; exchange: Exchange } | { kind: 'answered'; reply: Reply; refusal: string | null }

type Asked = Omit<VendorRequest, 'path' | 'takesQuery'>
type Read = Vendor['apis'][number]['simulated']['reads'][number]

/** Imitates the APIs of one vendor. Paths are those below `/<vendor id>`. */
export class VendorImitation {
  private readonly vendor: Vendor
  private readonly apis: ApiImitation[]
  private readonly kept = new KeptMessages(mostKept)

  constructor(vendor: Vendor, parts: ImitationParts) {
    this.vendor = vendor
    this.apis = vendor.apis.map((api) => new ApiImitation(vendor, api, this.kept, parts))
  }

  handle(raw: RawRequest): Handling {
    const mark = raw.url.indexOf('?')
    const path = plainPath(mark < 0 ? raw.url : raw.url.slice(0, mark))
    const request: Asked = {
      query: formFields(mark < 0 ? '' : raw.url.slice(mark + 1)),
      body: undefined,
      headers: raw.headers,
      size: raw.url.length + raw.body.length,
    }
    const sends = this.sendsAt(path)
    const send = this.chosen(sends, raw)
    if (send) return this.takeMessage(send, raw, request)
    const reads = raw.method === 'GET' || raw.method === 'HEAD' ? this.readsAt(path) : []
    if (reads.length > 0) return { kind: 'answered', refusal: null, reply: this.readBack(reads, request) }
    return this.refuse(raw.method, path, sends)
  }

  private sendsAt(path: string): { api: ApiImitation; parts: Record<string, string>; literal: number }[] {
    const found = this.apis.flatMap((api) =>
      api.data.paths.flatMap((pattern) => {
        const parts = matchPath(pattern, path)
        return parts ? [{ api, parts, literal: literalParts(pattern) }] : []
      }),
    )
    return found.sort((one, other) => other.literal - one.literal)
  }

  /** Of the APIs at one address the first whose method it is, and that takes such a body, if there is one. */
  private chosen(sends: ReturnType<VendorImitation['sendsAt']>, raw: RawRequest) {
    const ofMethod = sends.filter(({ api }) => api.data.methods.some((method) => method === raw.method))
    return ofMethod.find(({ api }) => readBody(raw, api.data).ok) ?? ofMethod[0]
  }

  private takeMessage(
    { api, parts }: { api: ApiImitation; parts: Record<string, string> },
    raw: RawRequest,
    request: Asked,
  ): Handling {
    const reading = readBody(raw, api.data)
    if (reading.ok) {
      const takesQuery = raw.method === 'GET' || api.data.takes.includes('query')
      const whole: VendorRequest = { ...request, path: parts, body: reading.body, takesQuery }
      return { kind: 'message', exchange: api.take(whole) }
    }
    const own = api.answerNamed(reading.status === 415 ? 'wrongContentType' : 'badJson')
    const whole: VendorRequest = { ...request, path: parts, takesQuery: true }
    const reply = own
      ? writeAnswer(own, api.fillingOf(whole, reading.words))
      : plainReply(reading.status, `${reading.words}.`)
    return { kind: 'answered', refusal: reading.words, reply }
  }

  private readsAt(path: string): { api: ApiImitation; read: Read; parts: Record<string, string> }[] {
    return this.apis
      .flatMap((api) =>
        api.data.reads.flatMap((read) => {
          const parts = matchPath(read.path, path)
          return parts ? [{ api, read, parts, literal: literalParts(read.path) }] : []
        }),
      )
      .sort((one, other) => other.literal - one.literal)
  }

  private readBack(reads: ReturnType<VendorImitation['readsAt']>, asked: Asked): Reply {
    const [first] = reads
    if (!first) return plainReply(404, 'There is nothing to read here.')
    const { api, read, parts } = first
    const request: VendorRequest = { ...asked, path: parts, takesQuery: true }
    const failed = read.checks
      .map((index) => api.data.checks[index])
      .find((check) => check && !meets(request, check))
    const refusal = failed ? (read.refused ?? api.answerNamed(failed.answer)) : null
    if (failed && refusal) return writeAnswer(refusal, api.fillingOf(request, failed.words))
    if (!read.path.includes(':id')) return this.list(api, read, request)
    const message = this.kept.find(parts['id'] ?? '', parts)
    if (message) return writeAnswer(read.answer, api.fillingOf(request, '', message))
    const why = `There is no message ${parts['id']}`
    const notFound: SimulatedAnswer | undefined = read.notFound
    return notFound ? writeAnswer(notFound, api.fillingOf(request, why)) : plainReply(404, `${why}.`)
  }

  private list(api: ApiImitation, read: Read, request: VendorRequest): Reply {
    const messages = () =>
      this.kept.newest(request.path, mostListed).map((message) => api.fillingOf(request, '', message))
    return writeAnswer(read.answer, { ...api.fillingOf(request, ''), messages })
  }

  private refuse(method: string, path: string, sends: readonly { api: ApiImitation }[]): Handling {
    const asked = `${method} /${this.vendor.id}${path}`
    const methods = [...new Set(sends.flatMap(({ api }) => api.data.methods))]
    if (methods.length > 0 || this.readsAt(path).length > 0) {
      const allowed = methods.length > 0 ? methods : ['GET']
      const words = `${asked} is not taken: ask with ${allowed.join(' or ')}`
      return {
        kind: 'answered',
        refusal: words,
        reply: plainReply(405, `${words}.`, { allow: allowed.join(', ') }),
      }
    }
    const words = `Nothing answers ${asked}. Near it: ${this.near(path).join(', ')}`
    return { kind: 'answered', refusal: words, reply: plainReply(404, words) }
  }

  private near(path: string): string[] {
    const addresses = this.apis.flatMap(({ data }) => [
      ...data.paths.map((pattern) => ({ pattern, method: data.methods.join('/') })),
      ...data.reads.map((read) => ({ pattern: read.path, method: 'GET' })),
    ])
    const found = nearest(path, [...new Set(addresses.map(({ pattern }) => pattern))], 3)
    return found.map(
      (pattern) => `${addresses.find((one) => one.pattern === pattern)?.method} /${this.vendor.id}${pattern}`,
    )
  }
}
