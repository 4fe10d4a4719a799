import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { wholeCatalogue } from './electron/catalogue/catalogue-plugin.ts'

const at = (path: string) => resolve(import.meta.dirname, path)

// Everything but the native addon and Electron itself is bundled: the hosts start faster, and the package carries no
// node_modules but better-sqlite3.
const external = ['electron', 'better-sqlite3']

/** The vendors' data lies apart from the code, one chunk each. */
const chunkOf = ({ facadeModuleId }: { facadeModuleId?: string | null }) =>
  facadeModuleId?.includes('/resources/catalogue/') ? 'catalogue/[name].js' : '[name]-[hash].js'

export default defineConfig({
  main: {
    plugins: [wholeCatalogue(at('resources/catalogue'))],
    build: {
      target: 'node20',
      externalizeDeps: false,
      lib: {
        entry: {
          main: at('electron/main.ts'),
          headless: at('electron/headless.ts'),
          cli: at('electron/cli.ts'),
          // For the benches, which measure what ships.
          workbench: at('electron/workbench.ts'),
        },
        formats: ['es'],
      },
      rollupOptions: { external, output: { entryFileNames: '[name].js', chunkFileNames: chunkOf } },
    },
  },
  preload: {
    build: {
      target: 'node20',
      // A sandboxed preload may not require packages, and has to be CommonJS.
      externalizeDeps: false,
      lib: { entry: { preload: at('electron/preload.ts') }, formats: ['cjs'] },
      rollupOptions: { external: ['electron'], output: { entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('renderer'),
    // electron-vite's own base is './', with which a page opened at /providers/… would look for its files there.
    plugins: [vue(), { name: 'absolute-base', config: () => ({ base: '/' }) }],
    build: {
      target: 'chrome130',
      minify: true,
      outDir: at('out/renderer'),
      rollupOptions: { input: at('renderer/index.html') },
    },
  },
})
