import { z } from 'zod'
import { command } from '../command.ts'
import type { StatsAnswer, StatsWork } from './answer.ts'
import { statsQuerySchema } from './query.ts'

const none = z.void()

/** The commands of the stats, a part of the contract. */
export const statsCommands = {
  /** Throws `not_found` for a provider or group that is not there, and `invalid_input` for a range that ends before it begins or is too long. */
  'stats.get': command(statsQuerySchema).returns<StatsAnswer>(),
  /** The check or repair that goes on, or was last; null when there was none since the start. */
  'stats.work': command(none).returns<StatsWork | null>(),
  /** Compares the figures with the log, in pieces; resolves when it is done or cancelled. Throws `store_busy` while one goes on. */
  'stats.check': command(none).returns<StatsWork>(),
  /** Reckons all figures anew from the log, in pieces; messages that come meanwhile are counted. */
  'stats.repair': command(none).returns<StatsWork>(),
  'stats.cancel': command(none).returns<null>(),
}
