import { expect, it } from 'vitest'
import { importCurl } from '#shared/curl/import-curl.ts'
import { masked } from '../../../electron/cli/import-curl.ts'

const send = 'curl https://a.example/sms -d to=+14155550123 -d text=hi'
const commands = [
  `${send}\ncurl -u admin:S3cretPass https://a.example/other -d x=1`,
  `${send}\ncurl --user "admin:S3cretPass" -H 'X-Key S3cretPass' https://a.example/other`,
  `TOKEN=S3cretPass\n${send} -H "X-Key: $TOKEN"`,
  `export API_KEY='S3cretPass'; ${send} -u "$API_KEY:"`,
  `set TOKEN=S3cretPass\r\n${send}`,
  `$token = "S3cretPass"\n${send.replace('curl', 'curl.exe')}`,
  `${send} -H 'Authorization Bearer S3cretPass'`,
  `${send} --proxy-header 'Proxy-Authorization: Basic S3cretPass' --cert c.pem:S3cretPass -E c.pem:S3cretPass`,
  `${send} --tlspassword S3cretPass --pass S3cretPass --login-options S3cretPass --proxy-pass S3cretPass`,
  `${send} -b S3cretPass https://u:S3cretPass@b.example/ -x socks5://u:S3cretPass@p.example:1`,
  `${send} -H 'Bad Name: S3cretPass' -H 'Connection: S3cretPass'`,
  `curl https://a.example/bot123456:S3cretPass9/send -d to=+14155550123 -d text=hi`,
]

it.each(commands)('no credential comes to the terminal with what an import says: %s', (command) => {
  expect(JSON.stringify(masked(importCurl(command)))).not.toContain('S3cretPass')
})

it.each(commands.slice(0, -1))('nor to the page with its notes: %s', (command) => {
  expect(JSON.stringify(importCurl(command).notes)).not.toContain('S3cretPass')
})

it('what is left out is still named', () => {
  const told = (command: string) => masked(importCurl(command)).notes.map(({ what }) => what)
  expect(told(`TOKEN=S3cretPass\n${send} --cert c.pem:S3cretPass -s -L`)).toEqual([
    'TOKEN …',
    '--cert',
    '-s',
    '-L',
    'to …',
  ])
  const { notes } = importCurl(`${send} --cert c.pem:S3cretPass\ncurl -u a:b https://b.example`)
  expect(notes.map(({ what }) => what)).toEqual([
    'curl -u … https://b.example',
    '--cert c.pem:…',
    'to=+14155550123',
  ])
})
