interface Closing {
  close(): Promise<void>
}

/** A server of which there is one at most, in whatever order it is asked to start and to stop. */
export class OneServer<Server extends Closing> {
  private readonly begin: () => Promise<Server>
  private starting: Promise<Server> | null = null
  private server: Server | null = null
  private stopping: Promise<void> = Promise.resolve()

  constructor(begin: () => Promise<Server>) {
    this.begin = begin
  }

  /** Null while it is stopped, and until it has started. */
  get running(): Server | null {
    return this.server
  }

  /** It runs, or will in a moment. */
  get isWanted(): boolean {
    return this.starting !== null
  }

  /** Resolves once it runs, or was stopped meanwhile. Rejects as `begin` does. */
  async start(): Promise<void> {
    const starting = (this.starting ??= this.stopping.then(this.begin))
    try {
      const server = await starting
      if (this.starting === starting) this.server = server
    } catch (error) {
      if (this.starting === starting) this.starting = null
      throw error
    }
  }

  /** Resolves once it is closed. */
  stop(): Promise<void> {
    const { starting } = this
    this.starting = null
    this.server = null
    if (starting) this.stopping = starting.then((server) => server.close()).catch(() => undefined)
    return this.stopping
  }
}
