import type { CorpusCase } from './case.ts'

export const shQuoting2: CorpusCase[] = [
  {
    title: 'a prompt and sudo',
    command: 'user@host:~/sms$ sudo curl https://api.example.com/send -d to=+447700900123 -d text=Hi',
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a dollar prompt',
    command: '$ curl https://api.example.com/send -d to=+447700900123 -d text=Hi',
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a path to curl and an assignment',
    command: 'LANG=C /usr/bin/curl https://api.example.com/send -d to=+447700900123 -d text=Hi',
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a here-string',
    command: String.raw`curl https://api.example.com/send -H 'Content-Type: application/json' --data-binary @- <<< '{"to":"+447700900123","text":"Hi"}'`,
    expected: {
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}
`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'an unquoted here-document with a variable',
    command: String.raw`curl https://api.example.com/send -H "Content-Type: application/json" -d @- <<JSON
{"to": "+447700900123", "text": "Hi $NAME", "key": "1"}
JSON`,
    expected: {
      notes: ['check $NAME'],
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to": "$$To", "text": "$$Body", "key": "1"}`,
      to: '+447700900123',
      body: 'Hi $NAME',
    },
  },
  {
    title: 'a here-document with tabs',
    command: String.raw`curl https://api.example.com/send --json @- <<-END
	{"to": "+447700900123",
	"text": "Hi"}
	END`,
    expected: {
      request: 'POST https://api.example.com/send',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
{"to": "$$To",
"text": "$$Body"}
`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'two commands',
    command: String.raw`curl https://api.example.com/send -d to=+447700900123 -d text=Hi
curl https://api.example.com/status/1`,
    expected: {
      notes: ['unsupported curl https://api.example.com/status/1', 'check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a pipe into curl',
    command: String.raw`echo '{"to":"+447700900123","text":"Hi"}' | curl https://api.example.com/send -H 'Content-Type: application/json' -d @-`,
    expected: {
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a file piped into curl',
    command: 'cat body.json | curl https://api.example.com/send --json @-',
    expected: {
      notes: ['unsupported cat body.json', 'unsupported --json @-', 'check $$To', 'check $$Body'],
      request: 'POST https://api.example.com/send',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
`,
    },
  },
  {
    title: 'a quote that is not closed',
    command: String.raw`curl https://api.example.com/send -d to=+447700900123 -d 'text=Hello`,
    expected: {
      problem:
        "The quote in -d 'text=… at line 1, column 58 is not closed. Add the closing quote, or take this one out.",
    },
  },
  {
    title: 'letters of all kinds',
    command: String.raw`curl https://api.example.com/send --data-urlencode to=+447700900123 --data-urlencode 'text=Grüße 你好 👋🏽 — “x”'`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Grüße 你好 👋🏽 — “x”',
    },
  },
  {
    title: 'placeholders that are there already',
    command: String.raw`curl https://api.example.com/send -d 'to=$$To' --data-urlencode 'text=Dear $$name, $$Body' -d 'ref=$$MessageID'`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=Dear $$name, $$Body', 'ref=$$MessageID'],
    },
  },
  {
    title: 'placeholders inside of double quotes',
    command: 'curl "https://api.example.com/send?to=$$To&text=$$Body"',
    expected: { request: 'GET https://api.example.com/send', form: ['to=$$To', 'text=$$Body'] },
  },
  {
    title: 'no-break spaces from a web page',
    command: 'curl\u00A0https://api.example.com/send\u00A0-d\u00A0to=+447700900123\u00A0-d\u00A0text=Hi',
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
]
