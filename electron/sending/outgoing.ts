import { AxiosError, create, type AxiosAdapter, type AxiosInstance, type AxiosResponse } from 'axios'
import type { SendPhase } from '#shared/message.ts'
import type { Timeouts } from '#shared/timeouts.ts'
import { lookupBySystem, type Lookup } from './connect.ts'
import { emptyTrace, exchange, type ExchangeAnswer, type ExchangeTrace } from './exchange.ts'
import { Lanes } from './lanes.ts'
import type { RenderedRequest } from './render.ts'
import { TransportError } from './transport-error.ts'

export interface SendOptions {
  timeouts: Timeouts
  fresh: boolean
  signal?: AbortSignal | undefined
  onPhase?: ((phase: SendPhase) => void) | undefined
}

export type Sent =
  | { ok: true; answer: ExchangeAnswer; trace: ExchangeTrace }
  | { ok: false; error: TransportError; trace: ExchangeTrace }

export interface Outgoing {
  /** Sends a rendered request; a failure is an answer, never a throw. */
  send(request: RenderedRequest, options: SendOptions): Promise<Sent>
  close(): Promise<void>
}

/** What travels beside axios's own settings: the request exactly as rendered, and the trace that the adapter fills. */
interface Carried {
  rendered: RenderedRequest
  options: SendOptions
  trace: ExchangeTrace
}

/**
 * The client that every outgoing request goes through: axios over a transport of our own, which adds the guard, the
 * phase timings and the bounds. No redirects, no proxies from the environment, no status that throws.
 */
export function createOutgoing(lookup: Lookup = lookupBySystem): Outgoing {
  const lanes = new Lanes(lookup)
  const carried = new WeakMap<object, Carried>()
  const client = createClient(lanes, carried)
  return {
    send: async (rendered, options) => {
      const trace = emptyTrace()
      const data = { body: rendered.body }
      carried.set(data, { rendered, options, trace })
      try {
        const response = await client.request<ExchangeAnswer>({
          method: rendered.method,
          url: rendered.url.href,
          data,
        })
        return { ok: true, answer: response.data, trace }
      } catch (error) {
        if (error instanceof AxiosError && error.cause instanceof TransportError) {
          return { ok: false, error: error.cause, trace }
        }
        throw error
      }
    },
    close: () => lanes.close(),
  }
}

function createClient(lanes: Lanes, carried: WeakMap<object, Carried>): AxiosInstance {
  const adapter: AxiosAdapter = async (config): Promise<AxiosResponse<ExchangeAnswer>> => {
    const { rendered, options, trace } = carriedBy(carried, config.data)
    try {
      const answer = await exchange(
        lanes,
        { ...wire(rendered), ...options, signal: options.signal, onPhase: options.onPhase },
        trace,
      )
      return {
        data: answer,
        status: answer.status,
        statusText: answer.statusText,
        headers: {},
        config,
        request: null,
      }
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error))
      throw AxiosError.from(cause, undefined, config)
    }
  }
  return create({
    adapter,
    maxRedirects: 0,
    proxy: false,
    validateStatus: null,
    // The request is rendered to the byte already, and the answer is read by the provider's own rules.
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
  })
}

function carriedBy(carried: WeakMap<object, Carried>, data: unknown): Carried {
  const found = typeof data === 'object' && data !== null ? carried.get(data) : undefined
  if (!found) throw new Error('a request came without its rendered form')
  return found
}

function wire(rendered: RenderedRequest) {
  const { method, url, path, headers, body } = rendered
  return { method, url, path, headers: headers.flat(), body }
}
