import type { Server } from 'node:http'
import type { Socket } from 'node:net'

export const mostConnections = 512
/** Room that is always left for those who have something to say. */
const spare = 64

/**
 * Keeps slow or silent connections from taking every place: when there are nearly too many, the one that has waited
 * longest without bringing a whole request is closed, one that never brought any first.
 */
export class Sockets {
  private readonly silent = new Set<Socket>()
  private readonly idle = new Set<Socket>()

  watch(server: Server): void {
    server.maxConnections = mostConnections
    server.on('connection', (socket) => {
      this.silent.add(socket)
      socket.once('close', () => {
        this.silent.delete(socket)
        this.idle.delete(socket)
      })
      this.makeRoom()
    })
  }

  /** A whole request has come over it, and is at work. */
  busy(socket: Socket): void {
    this.silent.delete(socket)
    this.idle.delete(socket)
  }

  /** It was answered. */
  done(socket: Socket): void {
    if (!socket.destroyed) this.idle.add(socket)
  }

  private makeRoom(): void {
    if (this.silent.size + this.idle.size <= mostConnections - spare) return
    const [oldest] = this.silent.size > 1 ? this.silent : this.idle
    if (!oldest) return
    this.busy(oldest)
    oldest.destroy()
  }
}
