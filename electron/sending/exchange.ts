import { isUtf8 } from 'node:buffer'
import type { Dispatcher } from 'undici'
import type { Timings } from '#shared/attempt.ts'
import type { SendPhase } from '#shared/send-input.ts'
import type { Timeouts } from '#shared/timeouts.ts'
import type { Cancellation } from './cancellation.ts'
import { decodeBody } from './decode-body.ts'
import { asFailure, cancelled, refusal } from './exchange-failure.ts'
import { checkUrl } from './guard.ts'
import type { Lane, Lanes } from './lanes.ts'
import { rounded } from './round-timings.ts'
import { proxyForPlain, type Route } from './access/route.ts'
import { timedOut, TransportError } from './transport-error.ts'

/** A request as it goes out: path and query, headers and body exactly as rendered. */
export interface WireRequest {
  method: string
  url: URL
  path: string
  headers: [name: string, value: string][]
  body: string
}

export interface SendOptions {
  timeouts: Timeouts
  /** A connection of its own, so that every phase is seen. */
  fresh: boolean
  /** Undefined: straight to the host, whose certificate the well-known authorities vouch for. */
  route?: Route | undefined
  cancellation?: Cancellation | undefined
  onPhase?: ((phase: SendPhase) => void) | undefined
}

export interface ExchangeAnswer {
  status: number
  statusText: string
  headers: { name: string; value: string }[]
  body: Buffer
}

/** What is known of an exchange, whatever came of it; filled in while it runs. */
export interface ExchangeTrace {
  bytesOut: boolean
  timings: Timings
}

export const answerLimitBytes = 256 * 1024

/** Sends one request and reads one bounded answer. Throws `TransportError`; the trace is right in either case. */
export function exchange(
  lanes: Lanes,
  request: WireRequest,
  options: SendOptions,
  trace: ExchangeTrace,
): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    try {
      checkUrl(request.url)
    } catch (error) {
      reject(refusal(error))
      return
    }
    const { lane, giveBack } = lanes.take(request.url.origin, options.timeouts, options.fresh, options.route)
    const run = new Run(options, lane, trace, (error, answer) => {
      giveBack(error !== null)
      if (error) reject(error)
      else if (answer) resolve(answer)
    })
    run.start(request)
  })
}

type Done = (error: TransportError | null, answer: ExchangeAnswer | null) => void

const toldAlready: Done = () => {}

/** One exchange on one lane: the handler that undici calls, and the clocks. */
class Run implements Dispatcher.DispatchHandler {
  private readonly startedAt = performance.now()
  private sentAt: number | null = null
  private firstByteAt: number | null = null
  private head: { status: number; statusText: string; headers: ExchangeAnswer['headers'] } | null = null
  private chunks: Buffer[] = []
  private bytes = 0
  private controller: Dispatcher.DispatchController | null = null
  private failure: TransportError | null = null
  private settled = false
  private firstByteTimer: NodeJS.Timeout | undefined
  private readonly totalTimer: NodeJS.Timeout
  private readonly options: SendOptions
  private readonly lane: Lane
  private readonly trace: ExchangeTrace
  private done: Done

  constructor(options: SendOptions, lane: Lane, trace: ExchangeTrace, done: Done) {
    this.options = options
    this.lane = lane
    this.trace = trace
    this.done = done
    const { totalMs } = options.timeouts
    this.totalTimer = setTimeout(() => this.stop(timedOut('total', totalMs)), totalMs)
  }

  start(request: WireRequest): void {
    const { method, body, url } = request
    const headers = request.headers.flat()
    const { cancellation, onPhase, route } = this.options
    const proxy = proxyForPlain(route, url)
    const path = proxy ? url.origin + request.path : request.path
    if (proxy?.authorization) headers.push('Proxy-Authorization', proxy.authorization)
    if (cancellation?.cancelled) return this.stop(cancelled())
    if (cancellation) cancellation.onCancel = () => this.stop(cancelled())
    onPhase?.('connecting')
    try {
      this.lane.client.dispatch(
        { method: method as Dispatcher.HttpMethod, path, headers, body: body === '' ? null : body },
        this,
      )
    } catch (error) {
      this.settle(asFailure(error))
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.failure) return controller.abort(this.failure)
    this.sentAt = performance.now()
    this.trace.bytesOut = true
    this.lane.start.awaited = true
    const { firstByteMs } = this.options.timeouts
    this.firstByteTimer = setTimeout(() => this.stop(timedOut('first byte', firstByteMs)), firstByteMs)
    this.options.onPhase?.('waiting')
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    // Informational answers (103 Early Hints) come before the real one.
    if (status < 200) return
    clearTimeout(this.firstByteTimer)
    this.firstByteAt = performance.now()
    this.head = { status, statusText: statusText ?? '', headers: rawHeaders(controller) }
    this.options.onPhase?.('receiving')
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length
    this.chunks.push(chunk)
    if (this.bytes <= answerLimitBytes) return
    this.failure ??= new TransportError('too large', `the answer is longer than ${answerLimitBytes} bytes`)
    controller.abort(this.failure)
  }

  onResponseEnd(): void {
    try {
      this.settle(null, this.readBody())
    } catch (error) {
      this.settle(asFailure(error))
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.settle(this.failure ?? asFailure(error))
  }

  /** Ends the exchange from this side; before the request has started there is nothing yet to abort. */
  private stop(failure: TransportError): void {
    this.failure ??= failure
    this.controller?.abort(this.failure)
    this.settle(this.failure)
  }

  private readBody(): Buffer {
    const header = (name: string) =>
      this.head?.headers.find((one) => one.name.toLowerCase() === name)?.value ?? ''
    const delimited = header('content-length') !== '' || header('transfer-encoding') !== ''
    const brokenBy = this.lane.phases?.brokenBy ?? null
    // Where only its close ends an answer, undici takes a reset for that close.
    if (brokenBy !== null && !delimited) {
      throw new TransportError('reset', 'the connection broke in the answer', { systemCode: brokenBy })
    }
    return decodeBody(Buffer.concat(this.chunks), header('content-encoding'), answerLimitBytes)
  }

  private settle(failure: TransportError | null, body: Buffer = Buffer.alloc(0)): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.totalTimer)
    clearTimeout(this.firstByteTimer)
    if (this.options.cancellation) this.options.cancellation.onCancel = null
    this.trace.timings = this.measure()
    if (failure && this.head) failure.status = this.head.status
    if (failure || !this.head) this.done(failure ?? new TransportError('reset', 'no answer'), null)
    else this.done(null, { ...this.head, body })
    this.letGo()
  }

  /** Until old memory is collected, one that is over would keep its message: that cost the collector 9 µs for each. */
  private letGo(): void {
    this.controller = null
    this.head = null
    this.chunks = []
    this.done = toldAlready
  }

  private measure(): Timings {
    const now = performance.now()
    const phases = this.lane.phases
    const own = phases && phases.startedAt >= this.startedAt ? phases : null
    return rounded({
      dns: own?.lookedUpAt ? own.lookedUpAt - own.startedAt : null,
      connect: own?.connectedAt ? own.connectedAt - (own.lookedUpAt ?? own.startedAt) : null,
      ...(own?.tunneledAt && own.connectedAt ? { tunnel: own.tunneledAt - own.connectedAt } : null),
      tls: own?.securedAt && own.connectedAt ? own.securedAt - (own.tunneledAt ?? own.connectedAt) : null,
      firstByte: this.sentAt && this.firstByteAt ? this.firstByteAt - this.sentAt : null,
      download: this.firstByteAt ? now - this.firstByteAt : null,
      total: now - this.startedAt,
      reused: own === null && this.sentAt !== null,
      remoteAddress: phases?.remoteAddress ?? null,
    })
  }
}

export function emptyTrace(): ExchangeTrace {
  const timings = { dns: null, connect: null, tls: null, firstByte: null, download: null, total: 0 }
  return { bytesOut: false, timings: { ...timings, reused: false, remoteAddress: null } }
}

function rawHeaders(controller: Dispatcher.DispatchController): ExchangeAnswer['headers'] {
  const raw = (controller as { rawHeaders?: (Buffer | string)[] | null }).rawHeaders ?? []
  const headers: ExchangeAnswer['headers'] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers.push({ name: text(raw[index]), value: text(raw[index + 1]) })
  }
  return headers
}

function text(raw: Buffer | string | undefined): string {
  if (raw === undefined || typeof raw === 'string') return raw ?? ''
  return isUtf8(raw) ? raw.toString('utf8') : raw.toString('latin1')
}
