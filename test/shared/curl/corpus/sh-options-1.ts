import type { CorpusCase } from './case.ts'

export const shOptions1: CorpusCase[] = [
  {
    title: 'combined short options',
    command: 'curl -sSLX POST https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['ignored -s -S', 'ignored -L'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'attached values',
    command:
      'curl -XPOST -HX-Api-Key:k-123456 -uann:pw1 https://api.example.com/send -dto=%2B447700900123 -dtext=Hi',
    expected: {
      request: 'POST https://api.example.com/send',
      auth: 'basic ann : {{secret:password}}',
      headers: ['X-Api-Key: {{secret:x-api-key}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { password: 'pw1', 'x-api-key': 'k-123456' },
    },
  },
  {
    title: 'long options cut short',
    command:
      'curl --heade "X-Api-Key: k-123456" --data-u to=+447700900123 --data-u text=Hi --compr https://api.example.com/send',
    expected: {
      notes: ['unsupported --compr'],
      request: 'POST https://api.example.com/send',
      headers: ['X-Api-Key: {{secret:x-api-key}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { 'x-api-key': 'k-123456' },
    },
  },
  {
    title: 'a long option cut too short',
    command: 'curl --reque POST https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported --reque', 'unsupported https://api.example.com/send', 'check POST'],
      request: 'POST http://POST',
      name: 'POST',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '--no- switches',
    command:
      'curl --no-buffer --no-progress-meter --no-location https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['ignored --no-buffer --no-progress-meter --no-location'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a value after an equals sign',
    command: 'curl --request=POST --data=to=1 https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported --request=POST', 'unsupported --data=to=1'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'options that curl does not know',
    command: 'curl --frobnicate -ß https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported --frobnicate', 'unsupported -ß'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a value that is missing',
    command: 'curl https://api.example.com/send -d to=%2B447700900123 -d text=Hi -H',
    expected: {
      notes: ['unsupported -H'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '--url and two addresses',
    command:
      'curl --url https://api.example.com/send -d to=%2B447700900123 -d text=Hi https://other.example.com/x',
    expected: {
      notes: ['unsupported https://other.example.com/x'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'options end with two hyphens',
    command: 'curl -d to=%2B447700900123 -d text=Hi -- https://api.example.com/send',
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '--next',
    command:
      'curl https://api.example.com/send -d to=%2B447700900123 -d text=Hi --next https://api.example.com/status',
    expected: {
      notes: ['unsupported --next'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'an address without a scheme',
    command: 'curl api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['check api.example.com/send'],
      request: 'POST http://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a port, a fragment and a query',
    command: String.raw`curl 'https://api.example.com:8443/send?x=1#top' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com:8443/send?x=1',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'globbing',
    command: String.raw`curl 'https://api.example.com/send/[1-3]' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      notes: ['unsupported […] or {…}'],
      request: 'POST https://api.example.com/send/[1-3]',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'globbing switched off',
    command: String.raw`curl -g 'https://api.example.com/send?f[a-z]=1' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send?f[a-z]=1',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'user without a password',
    command: 'curl -u ann https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['check -u'],
      request: 'POST https://api.example.com/send',
      auth: 'basic ann : {{secret:password}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { password: '' },
    },
  },
  {
    title: 'a key as user name',
    command: String.raw`curl -u 'sk_live_0a1b2c3d4e5f:' https://api.example.com/send -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send',
      auth: 'basic {{secret:username}} : ',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { username: 'sk_live_0a1b2c3d4e5f' },
    },
  },
  {
    title: 'a password with a colon',
    command: String.raw`curl --basic -u 'ann:p:w:1' https://api.example.com/send -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send',
      auth: 'basic ann : {{secret:password}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { password: 'p:w:1' },
    },
  },
  {
    title: 'credentials in the address, escaped',
    command: String.raw`curl 'https://ann%40x:p%3Aw@api.example.com/send' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send',
      auth: 'basic ann@x : {{secret:password}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { password: 'p:w' },
    },
  },
  {
    title: 'an Authorization header of kind Basic',
    command: String.raw`curl https://api.example.com/send -H 'Authorization: Basic YW5uOnB3OjE=' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send',
      auth: 'basic ann : {{secret:password}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { password: 'pw:1' },
    },
  },
  {
    title: 'an Authorization header of kind Basic to be filled in',
    command: String.raw`curl https://api.example.com/send -H 'Authorization: Basic <base64 credentials>' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send',
      headers: ['Authorization: Basic {{secret:base64-credentials}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { 'base64-credentials': '' },
    },
  },
]
