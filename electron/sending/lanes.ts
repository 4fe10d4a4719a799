import { Client } from 'undici'
import { openConnection, type ConnectLimits, type ConnectPhases, type Network } from './connect.ts'
import type { Route } from './access/route.ts'
import { skipContinue, type AnswerStart } from './skip-continue.ts'
import { codeOf } from './transport-error.ts'

/** A connection's place: one request at a time, so that the phases of its connecting belong to that request. */
export interface Lane {
  client: Client
  /** Of the newest connection that was opened or tried on this lane. */
  phases: ConnectPhases | null
  start: AnswerStart
}

const idleMs = 4000
const mostIdle = 64

/** Keeps connections for the next request to the same place; a `fresh` one is opened anew and closed after use. */
export class Lanes {
  private readonly idle = new Map<string, { lane: Lane; since: number }[]>()
  private readonly network: Network
  private readonly sweeper: NodeJS.Timeout

  constructor(network: Network) {
    this.network = network
    this.sweeper = setInterval(() => this.sweep(), idleMs)
    this.sweeper.unref()
  }

  /** Answers with the lane and the function that gives it back; `broken` lanes are not used again. */
  take(
    origin: string,
    limits: ConnectLimits,
    fresh: boolean,
    route?: Route,
  ): { lane: Lane; giveBack(broken: boolean): void } {
    const key = `${origin} ${limits.connectMs} ${limits.tlsMs}${route ? ` ${route.key}` : ''}`
    const kept = fresh ? undefined : this.idle.get(key)?.pop()
    const lane = kept?.lane ?? this.open(origin, limits, route)
    return { lane, giveBack: (broken) => (broken || fresh ? close(lane) : this.keep(key, lane)) }
  }

  async close(): Promise<void> {
    clearInterval(this.sweeper)
    const kept = [...this.idle.values()].flat()
    this.idle.clear()
    await Promise.allSettled(kept.map(({ lane }) => lane.client.destroy()))
  }

  private open(origin: string, limits: ConnectLimits, route?: Route): Lane {
    const lane: Lane = {
      phases: null,
      start: { awaited: false },
      client: new Client(origin, {
        pipelining: 1,
        keepAliveTimeout: idleMs,
        keepAliveMaxTimeout: idleMs,
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: (options, callback) => {
          const phases = noPhases()
          lane.phases = phases
          const secure = options.protocol === 'https:'
          const port = Number(options.port) || (secure ? 443 : 80)
          openConnection(
            { hostname: options.hostname, port, secure },
            limits,
            this.network,
            phases,
            route,
          ).then(
            (socket) => {
              socket.once('error', (error) => (phases.brokenBy = codeOf(error) ?? error.name))
              skipContinue(socket, lane.start)
              return callback(null, socket)
            },
            (error: Error) => callback(error, null),
          )
        },
      }),
    }
    return lane
  }

  private keep(key: string, lane: Lane): void {
    const kept = this.idle.get(key) ?? []
    if (kept.length >= mostIdle) return close(lane)
    kept.push({ lane, since: Date.now() })
    this.idle.set(key, kept)
  }

  private sweep(): void {
    const oldest = Date.now() - idleMs
    for (const [key, kept] of this.idle) {
      const fresh = kept.filter(({ since }) => since >= oldest)
      for (const { lane, since } of kept) if (since < oldest) close(lane)
      if (fresh.length > 0) this.idle.set(key, fresh)
      else this.idle.delete(key)
    }
  }
}

function close(lane: Lane): void {
  lane.client.destroy().catch(() => {})
}

function noPhases(): ConnectPhases {
  return {
    startedAt: performance.now(),
    lookedUpAt: null,
    connectedAt: null,
    tunneledAt: null,
    securedAt: null,
    remoteAddress: null,
    brokenBy: null,
  }
}
