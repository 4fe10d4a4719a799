import type { CorpusCase } from './case.ts'

export const shQuoting1: CorpusCase[] = [
  {
    title: 'a bare command',
    command: 'curl https://api.example.com/send -d to=+447700900123 -d text=Hello',
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hello',
    },
  },
  {
    title: 'a quote inside of single quotes',
    command: String.raw`curl https://api.example.com/send --data-urlencode 'to=+447700900123' --data-urlencode 'text=It'\''s "here"'`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: String.raw`It's "here"`,
    },
  },
  {
    title: 'escapes inside of double quotes',
    command:
      'curl https://api.example.com/send -H "Content-Type: application/json" -d "{\\"to\\": \\"+447700900123\\", \\"text\\": \\"A \\\\\\"quoted\\\\\\" \\$5 \\`tick\\`\\"}"',
    expected: {
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to": "$$To", "text": "$$Body"}`,
      to: '+447700900123',
      body: 'A "quoted" $5 `tick`',
    },
  },
  {
    title: 'ANSI-C quotes',
    command: String.raw`curl https://api.example.com/send --data-urlencode to=+447700900123 --data-urlencode $'text=line one\nline two\ttab \x41\102 \u00e9 \U0001F600 it\'s \\ done'`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: String.raw`line one
line two	tab AB é 😀 it's \ done`,
    },
  },
  {
    title: 'ANSI-C bytes of UTF-8',
    command: String.raw`curl https://api.example.com/send --data-urlencode to=+447700900123 --data-urlencode $'text=caf\xc3\xa9 \303\274'`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'café ü',
    },
  },
  {
    title: 'quotes in the middle of a word',
    command: String.raw`curl https://api.example.com/se"nd" -d to='+447700900123' -d te"xt"=He'll'o`,
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hello',
    },
  },
  {
    title: 'continuations, comments and blank lines',
    command: String.raw`# The number is a test number.

curl \
  https://api.example.com/send \
  -d to=+447700900123 \
  -d text=Hello   # the text

# nothing follows`,
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hello',
    },
  },
  {
    title: 'a continuation inside of a word',
    command: String.raw`curl https://api.exam\
ple.com/send -d to=+447700900123 -d te\
xt=Hi`,
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'Windows line ends',
    command: 'curl https://api.example.com/send \\\r\n  -d to=+447700900123 \\\r\n  -d text=Hi',
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'an escaped space and ampersand',
    command: String.raw`curl https://api.example.com/send?a=1\&b=2 -d to=+447700900123 -d text=Hello\ there`,
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send?a=1&b=2',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hello there',
    },
  },
  {
    title: 'a variable in braces and one in single quotes',
    command:
      'curl "https://api.example.com/send/${ROUTE}" -H \'X-Token: $MY_TOKEN\' -d to=+447700900123 -d "text=Hi $NAME"',
    expected: {
      notes: ['check $NAME', 'check to=+447700900123'],
      request: 'POST https://api.example.com/send/{{secret:ROUTE}}',
      headers: ['X-Token: {{secret:TOKEN}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi $NAME',
      secrets: { ROUTE: '', TOKEN: '' },
    },
  },
  {
    title: 'the output of a command',
    command:
      'curl https://api.example.com/send -H "Authorization: Bearer $(cat token.txt)" -d to=+447700900123 -d text=`date`',
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      auth: 'bearer {{secret:token}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: '`date`',
      secrets: { token: '' },
    },
  },
  {
    title: 'other commands around it',
    command: String.raw`TOKEN=abc
export API=1; curl -s https://api.example.com/send -H "X-Auth-Token: $TOKEN" -d to=+447700900123 -d text=Hi && echo done || exit 1`,
    expected: {
      notes: [
        'unsupported TOKEN=…',
        'unsupported export API=…',
        'ignored echo done',
        'ignored exit 1',
        'ignored -s',
        'check to=+447700900123',
      ],
      request: 'POST https://api.example.com/send',
      headers: ['X-Auth-Token: {{secret:TOKEN}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { TOKEN: '' },
    },
  },
  {
    title: 'redirections',
    command: 'curl https://api.example.com/send -d to=+447700900123 -d text=Hi > out.json 2>&1',
    expected: {
      notes: ['ignored > out.json', 'ignored 2>&1', 'check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
]
