import type { CorpusCase } from './case.ts'

export const cmd: CorpusCase[] = [
  {
    title: 'double quotes with backslashes',
    command: String.raw`curl -X POST https://api.example.com/send -H "Content-Type: application/json" -d "{\"to\":\"+447700900123\",\"text\":\"Say \\\"hi\\\"\"}" ^
  -H "X-Api-Key: k-123456"`,
    expected: {
      shell: 'cmd',
      request: 'POST https://api.example.com/send',
      headers: ['X-Api-Key: {{secret:x-api-key}}'],
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Say "hi"',
      secrets: { 'x-api-key': 'k-123456' },
    },
  },
  {
    title: 'doubled quotes',
    command:
      'curl.exe -X POST https://api.example.com/send -H "Content-Type: application/json" -d "{""to"":""+447700900123"",""text"":""Hi""}"',
    expected: {
      shell: 'cmd',
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'carets at line ends',
    command: String.raw`curl "https://api.example.com/send" ^
  -H "X-Api-Key: k-123456" ^
  -d "to=%%2B447700900123" ^
  -d "text=50 off & more"`,
    expected: {
      shell: 'cmd',
      request: 'POST https://api.example.com/send',
      headers: ['X-Api-Key: {{secret:x-api-key}}'],
      raw: String.raw`application/x-www-form-urlencoded
to=$$To&text=$$Body& more`,
      to: '+447700900123',
      body: '50 off ',
      secrets: { 'x-api-key': 'k-123456' },
    },
  },
  {
    title: 'every character with a caret, as browsers copy it',
    command: String.raw`curl ^"https://api.example.com/send?x=1^&y=2^" ^
  -H ^"accept: */*^" ^
  --data-raw ^"^{^\^"to^\^":^\^"+447700900123^\^",^\^"text^\^":^\^"A ^& B ^^ C^\^"^}^"`,
    expected: {
      shell: 'cmd',
      notes: ['check JSON'],
      request: 'POST https://api.example.com/send?x=1&y=2',
      headers: ['accept: */*'],
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'A & B ^ C',
    },
  },
  {
    title: 'a line break inside of a caret text',
    command: String.raw`curl ^"https://api.example.com/send^" -d ^"to=447700900123^" --data-raw ^"text=one^

two^"`,
    expected: {
      shell: 'cmd',
      notes: ['check parameter to'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: String.raw`one
two`,
      number: 'digits',
    },
  },
  {
    title: 'variables',
    command:
      'curl -u %SMS_USER%:%SMS_PASS% "https://api.example.com/send" -d "to=%2B447700900123" -d "text=Hi"',
    expected: {
      shell: 'cmd',
      request: 'POST https://api.example.com/send',
      auth: 'basic {{secret:SMS_USER}} : {{secret:SMS_PASS}}',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { SMS_USER: '', SMS_PASS: '' },
    },
  },
  {
    title: 'a prompt',
    command: String.raw`C:\Users\ann>curl.exe https://api.example.com/send -d "to=447700900123" -d "text=Hi there"`,
    expected: {
      shell: 'cmd',
      notes: ['check parameter to'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: 'Hi there',
      number: 'digits',
    },
  },
  {
    title: 'a batch file',
    command: String.raw`@echo off
rem send one
set KEY=1
curl "https://api.example.com/send" -d "to=447700900123" -d "text=Hi" > out.txt 2>nul
pause`,
    expected: {
      shell: 'cmd',
      notes: [
        'ignored > out.txt',
        'ignored >nul',
        'unsupported set KEY=…',
        'ignored pause',
        'check parameter to',
      ],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
  {
    title: 'backslashes that are none',
    command: String.raw`curl ^"https://api.example.com/send^" --data-urlencode "to=+447700900123" --data-urlencode "text=C:\temp\ and \\server\\"`,
    expected: {
      shell: 'cmd',
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'C:\\temp\\ and \\\\server\\',
    },
  },
  {
    title: 'single quotes are letters',
    command: String.raw`curl ^"https://api.example.com/send^" --data-urlencode "to=+447700900123" --data-urlencode "text='quoted'"`,
    expected: {
      shell: 'cmd',
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: String.raw`'quoted'`,
    },
  },
  {
    title: 'another command after it',
    command: String.raw`curl "https://api.example.com/send?to=447700900123&text=Hi" ^
 -s && echo done`,
    expected: {
      shell: 'cmd',
      notes: ['ignored echo done', 'ignored -s', 'check parameter to'],
      request: 'GET https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
  {
    title: 'an address without quotes',
    command: String.raw`C:\>curl https://api.example.com/send?to=447700900123^&text=Hi`,
    expected: {
      shell: 'cmd',
      notes: ['check parameter to'],
      request: 'GET https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
  {
    title: 'carets inside of quotes, which cmd keeps',
    command: `curl https://api.example.com/send ^
  -d "user=demo^&to=447700900123^&message=Hello World^&route=a"`,
    expected: {
      shell: 'cmd',
      choices: ['parameter to: To'],
      notes: ['check user, to, message'],
      request: 'POST https://api.example.com/send',
      form: ['user=demo^', 'to=$$To', 'message=$$Body', 'route=a'],
      to: '447700900123^',
      body: 'Hello World^',
    },
  },
]
