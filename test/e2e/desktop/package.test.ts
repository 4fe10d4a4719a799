import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { listPackage } from '@electron/asar'
import { describe, expect, inject, it } from 'vitest'

const packaged = inject('packaged')

// How the executable spells a fuse; the package has names for these and keeps them to itself.
const set = '1'.charCodeAt(0)
const blown = '0'.charCodeAt(0)

describe.skipIf(!packaged)('the package', () => {
  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(packaged!.executable)
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ]
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ]
    for (const fuse of on) expect(wire[fuse], FuseV1Options[fuse]).toBe(set)
    for (const fuse of off) expect(wire[fuse], FuseV1Options[fuse]).toBe(blown)
  })

  it('holds the built app, one addon for its system, and no source', () => {
    const resources = join(dirname(packaged!.executable), 'resources')
    const files = listPackage(join(resources, 'app.asar'), { isPack: false })
    for (const needed of ['/out/main/main.js', '/out/preload/preload.cjs', '/out/renderer/index.html']) {
      expect(files).toContain(needed)
    }
    const foreign = files.filter((file) =>
      /\.(ts|vue|map|c|cpp|h|gyp)$|\/(test|docs|electron|renderer\/features)\//.test(file),
    )
    expect(foreign.filter((file) => !file.startsWith('/out/'))).toEqual([])
    const modules = new Set(files.map((file) => /^\/node_modules\/([^/]+)/.exec(file)?.[1]).filter(Boolean))
    expect([...modules]).toEqual(['better-sqlite3'])
    const addons = readdirSync(join(resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds'))
    expect(addons).toEqual(['linux-x64.node'])
  })
})
