import { AppError } from '#shared/errors.ts'

const tries = 10

/**
 * Calls `listen` with `port`, then with the ports after it until one of ten is free; 0 is any free port. Throws
 * `port_in_use` when all are taken, and whatever else `listen` throws.
 */
export async function onNextPort<Server>(
  port: number,
  listen: (port: number) => Promise<Server>,
): Promise<Server> {
  const last = Math.min(port + tries - 1, 65_535)
  for (let wanted = port; wanted <= last; wanted += 1) {
    try {
      return await listen(port === 0 ? 0 : wanted)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    }
  }
  throw new AppError('port_in_use', `The ports ${port} to ${last} are all taken.`, { port })
}
