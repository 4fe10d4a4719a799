import { Axios, AxiosError, AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import { systemNetwork, type Network } from './connect.ts'
import {
  emptyTrace,
  exchange,
  type ExchangeAnswer,
  type ExchangeTrace,
  type SendOptions,
} from './exchange.ts'
import { Lanes } from './lanes.ts'
import type { RenderedRequest } from './render/render.ts'
import { TransportError } from './transport-error.ts'

export type Sent =
  | { ok: true; answer: ExchangeAnswer; trace: ExchangeTrace }
  | { ok: false; error: TransportError; trace: ExchangeTrace }

export interface Outgoing {
  /** Sends a rendered request; a failure is an answer, never a throw. */
  send(request: RenderedRequest, options: SendOptions): Promise<Sent>
  close(): Promise<void>
}

/**
 * What axios carries as a request's data: the request exactly as rendered, how to send it, and the trace that the
 * adapter fills. A class, because axios copies plain objects.
 */
class Payload {
  readonly rendered: RenderedRequest
  readonly options: SendOptions
  readonly trace: ExchangeTrace = emptyTrace()

  constructor(rendered: RenderedRequest, options: SendOptions) {
    this.rendered = rendered
    this.options = options
  }
}

/**
 * The client that every outgoing request goes through: axios over a transport of our own, which adds the guard, the
 * phase timings and the bounds. No redirects, no proxies but the route's, no status that throws.
 */
export function createOutgoing(network: Partial<Network> = {}): Outgoing {
  const lanes = new Lanes({ ...systemNetwork, ...network })
  const client = createClient(lanes)
  return {
    send: async (rendered, options) => {
      const data = new Payload(rendered, options)
      const { trace } = data
      try {
        const response = await client.request<ExchangeAnswer>({
          method: rendered.method,
          url: rendered.url.href,
          data,
        })
        return { ok: true, answer: response.data, trace }
      } catch (error) {
        const cause = error instanceof AxiosError ? error.cause : error
        if (cause instanceof TransportError) return { ok: false, error: cause, trace }
        // An AxiosError holds the whole request, secrets and all; only its cause may go further.
        throw cause ?? new Error('the request failed without a cause')
      }
    },
    close: () => lanes.close(),
  }
}

function createClient(lanes: Lanes): Axios {
  // The bare class: axios's own defaults are for browsers and forms, and would be merged into every request. So nothing
  // transforms what goes out, rendered to the byte already, or what comes, which the provider's own rules read.
  // Redirects, proxies and what a status means are matters of the adapter; a setting for them would only be carried along.
  return new Axios({ adapter: (config) => transport(lanes, config) })
}

/** An answer's headers are part of its data. One for all: axios would make two for each answer. */
const noHeaders = new AxiosHeaders()

function transport(lanes: Lanes, config: InternalAxiosRequestConfig): Promise<AxiosResponse<ExchangeAnswer>> {
  const payload: unknown = config.data
  if (!(payload instanceof Payload)) throw new TypeError('a request came without its rendered form')
  const { rendered, options, trace } = payload
  return exchange(lanes, rendered, options, trace).then(
    (answer) => {
      const { status, statusText } = answer
      return { data: answer, status, statusText, headers: noHeaders, config, request: null }
    },
    (error: unknown) => {
      const cause = error instanceof Error ? error : new Error(String(error))
      throw AxiosError.from(cause, undefined, config)
    },
  )
}
