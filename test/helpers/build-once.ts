import { ensureBuilt } from '../../electron/launch/build.ts'

/** For vitest's `globalSetup`: what starts a host starts the built one, as its users do. */
export async function setup(): Promise<void> {
  await ensureBuilt(() => process.stderr.write('Building for the tests…\n'))
}
