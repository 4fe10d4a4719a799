import type { CorpusCase } from './case.ts'

export const shOptions2: CorpusCase[] = [
  {
    title: 'a header and -u',
    command: String.raw`curl -u ann:pw https://api.example.com/send -H 'Authorization: Token t-556677' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      notes: ['ignored -u'],
      request: 'POST https://api.example.com/send',
      headers: ['Authorization: Token {{secret:authorization}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { authorization: 't-556677' },
    },
  },
  {
    title: '--oauth2-bearer',
    command:
      'curl --oauth2-bearer mF_9.B5f-4.1JqM https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      request: 'POST https://api.example.com/send',
      auth: 'bearer {{secret:token}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { token: 'mF_9.B5f-4.1JqM' },
    },
  },
  {
    title: 'other ways to sign in',
    command: 'curl --digest -u ann:pw https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported --digest'],
      request: 'POST https://api.example.com/send',
      auth: 'basic ann : {{secret:password}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { password: 'pw' },
    },
  },
  {
    title: 'cookies, agent and referer',
    command: String.raw`curl -b 'session=abc123' -b 'a=1' -A 'acme/1.0' -e 'https://acme.example/' https://api.example.com/send -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send',
      headers: ['User-Agent: acme/1.0', 'Referer: https://acme.example/', 'Cookie: {{secret:cookie}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { cookie: 'session=abc123;a=1' },
    },
  },
  {
    title: 'a file of cookies',
    command: 'curl -b cookies.txt -c jar.txt https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported -b …', 'ignored -c jar.txt'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'an empty header and one taken away',
    command: String.raw`curl -H 'X-Empty;' -H 'Accept:' -H 'X-None:' https://api.example.com/send -d to=%2B447700900123 -d text=Hi`,
    expected: {
      notes: ['unsupported -H accept:', 'ignored -H x-none:'],
      request: 'POST https://api.example.com/send',
      headers: ['X-Empty: '],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'headers of the connection',
    command: String.raw`curl -H 'Host: other.example.com' -H 'Content-Length: 5' -H 'Connection: close' https://api.example.com/send -d to=%2B447700900123 -d text=Hi`,
    expected: {
      notes: ['unsupported Host: other.example.com', 'ignored Content-Length', 'ignored Connection'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'headers that are none',
    command: String.raw`curl -H 'No colon here' -H @headers.txt -H 'Bad Name: x' https://api.example.com/send -d to=%2B447700900123 -d text=Hi`,
    expected: {
      notes: ['unsupported -H No …', 'unsupported -H @headers.txt', 'unsupported Bad Name:…'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'the content type of a form, spelt out',
    command: String.raw`curl -H 'content-type: application/x-www-form-urlencoded; charset=UTF-8' https://api.example.com/send -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send',
      headers: ['content-type: application/x-www-form-urlencoded; charset=UTF-8'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'time-outs',
    command: 'curl --connect-timeout 2.5 -m 30 https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      timeouts: { connectMs: 2500, tlsMs: 5000, firstByteMs: 30000, totalMs: 30000 },
    },
  },
  {
    title: 'time-outs beyond what is possible',
    command:
      'curl --connect-timeout 300 --max-time abc https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported --max-time abc', 'check --connect-timeout'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      timeouts: { connectMs: 60000, tlsMs: 5000, firstByteMs: 10000, totalMs: 15000 },
    },
  },
  {
    title: 'a proxy',
    command:
      'curl -x http://proxy.example:3128 -U bob:pw2 https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { 'proxy-password': 'pw2' },
      proxy: 'http://proxy.example:3128 bob:{{secret:proxy-password}}',
    },
  },
  {
    title: 'a SOCKS proxy',
    command: 'curl -x socks5://127.0.0.1:9050 https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported -x socks5://127.0.0.1:9050'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'certificates',
    command:
      'curl -k --cacert ca.pem --cert me.pem https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported -k', 'unsupported --cacert ca.pem', 'unsupported --cert me.pem'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'what only concerns the answer',
    command: String.raw`curl -i -v -f -o out.json -w '%{http_code}' --compressed --retry 3 --http2 --tlsv1.2 https://api.example.com/send -d to=%2B447700900123 -d text=Hi`,
    expected: {
      notes: [
        'ignored -i -v -f -o out.json -w %{http_code}',
        'ignored --compressed',
        'ignored --retry 3',
        'ignored --http2',
        'ignored --tlsv1.2',
      ],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'PUT',
    command: 'curl -X PUT https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported -X PUT'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'post in small letters',
    command: 'curl -X post https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['check -X post'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'HEAD',
    command: String.raw`curl -I 'https://api.example.com/send?to=%2B447700900123&text=Hi'`,
    expected: {
      notes: ['unsupported -I'],
      request: 'GET https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'typographic dashes',
    command: 'curl –X POST https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['check –X'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'another way to the host',
    command:
      'curl --resolve api.example.com:443:127.0.0.1 -4 https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported --resolve api.example.com:443:127.0.0.1', 'unsupported -4'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
]
