import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

const installedNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const installedPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

// Not the npm package's own arguments: those switch web security and site isolation off, and with them the very things
// that the tests are to prove. `--no-sandbox` because tests may run as root; the rest keeps the browser off the network.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** A headless Chromium: the one that is installed, else the one inside the npm package. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const installed = installedBrowser()
  if (installed) return chromium.launch({ executablePath: installed, args })
  const folder = await unpackedBrowser()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--headless=shell', ...args],
    env: { ...definedEnvironment(), ...fontsOf(folder) },
  })
}

function installedBrowser(): string | null {
  const named = process.env['SMS_WORKBENCH_TEST_BROWSER']
  if (named) return named
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const onPath = installedNames.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, ...installedPaths].find((path) => existsSync(path)) ?? null
}

/**
 * The package unpacks to the temporary folder and takes a file that exists for a whole one, so that two test runs at
 * once would start half a browser. Unpack aside and rename instead: whoever comes first wins.
 */
async function unpackedBrowser(): Promise<string> {
  const manifest = new URL('../../node_modules/@sparticuz/chromium/package.json', import.meta.url)
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `sms-workbench-test-chromium-${version}-${userInfo().username}`)
  if (existsSync(folder)) return folder
  const work = await mkdtemp(`${folder}-unpacking-`)
  const program = `await (await import('@sparticuz/chromium')).default.executablePath()`
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: new URL('../..', import.meta.url),
    env: { ...process.env, TMPDIR: work, TEMP: work },
  })
  await writeFile(join(work, 'fonts.conf'), fontsConfiguration(folder))
  await rename(work, folder).catch(async (error: unknown) => {
    await rm(work, { recursive: true })
    if (!existsSync(folder)) throw error
  })
  return folder
}

const fontsConfiguration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`

/** A machine without any fonts shows no text at all; then the package's own are used. */
function fontsOf(folder: string): Record<string, string> {
  return existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return Object.fromEntries(entries)
}
