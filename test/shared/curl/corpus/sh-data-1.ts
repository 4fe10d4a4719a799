import type { CorpusCase } from './case.ts'

export const shData1: CorpusCase[] = [
  {
    title: 'several -d',
    command: String.raw`curl https://api.example.com/send -d to=+447700900123 -d 'text=a b' -d 'x=1&y=2'`,
    expected: {
      notes: ['check to=+447700900123'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body', 'x=1', 'y=2'],
      to: '+447700900123',
      body: 'a b',
    },
  },
  {
    title: '-d without quotes around an escape',
    command: 'curl https://api.example.com/send -d to=%2B447700900123 -d text=50%25+off%21',
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: '50% off!',
    },
  },
  {
    title: '-d with an attached value',
    command: 'curl https://api.example.com/send -dto=%2B447700900123 -dtext=Hi',
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '--data-raw that begins with @',
    command: String.raw`curl https://api.example.com/send --data-raw to=%2B447700900123 --data-raw 'text=@home'`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: '@home',
    },
  },
  {
    title: '--data-ascii and --data-binary',
    command: String.raw`curl https://api.example.com/send --data-ascii to=%2B447700900123 --data-binary 'text=two
lines'`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: String.raw`two
lines`,
    },
  },
  {
    title: '--data-urlencode name=content',
    command: String.raw`curl https://api.example.com/send --data-urlencode to=+447700900123 --data-urlencode 'text=a=b & c'`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'a=b & c',
    },
  },
  {
    title: '--data-urlencode content',
    command: String.raw`curl -G https://api.example.com/send --data-urlencode 'just text' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'GET https://api.example.com/send?just+text&to=$$To&text=$$Body',
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '--data-urlencode =content',
    command: String.raw`curl https://api.example.com/send -H 'Content-Type: text/plain' --data-urlencode '=a b'`,
    expected: {
      notes: ['check $$To'],
      request: 'POST https://api.example.com/send',
      raw: String.raw`text/plain
$$Body`,
      body: 'a+b',
    },
  },
  {
    title: '--data-urlencode @file',
    command: 'curl https://api.example.com/send --data-urlencode @body.txt -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['unsupported --data-urlencode @body.txt'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '--data-urlencode name@file',
    command: 'curl https://api.example.com/send --data-urlencode text@message.txt -d to=%2B447700900123',
    expected: {
      notes: ['unsupported --data-urlencode text @message.txt', 'check $$Body'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To'],
      to: '+447700900123',
    },
  },
  {
    title: '-d @file',
    command: String.raw`curl https://api.example.com/send -H 'Content-Type: application/json' -d @payload.json`,
    expected: {
      notes: ['unsupported -d @payload.json', 'check $$To', 'check $$Body'],
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
`,
    },
  },
  {
    title: '--json twice',
    command: String.raw`curl https://api.example.com/send --json '{"to":"+447700900123",' --json '"text":"Hi"}'`,
    expected: {
      request: 'POST https://api.example.com/send',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '--json with its own Accept',
    command: String.raw`curl https://api.example.com/send --json '{"to":"+447700900123","text":"Hi"}' -H 'Accept: text/plain'`,
    expected: {
      request: 'POST https://api.example.com/send',
      headers: ['Accept: text/plain'],
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'JSON sent as a form by mistake',
    command: String.raw`curl https://api.example.com/send -d '{"to":"+447700900123","text":"Hi"}'`,
    expected: {
      notes: ['check JSON'],
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'JSON that is not valid',
    command: String.raw`curl https://api.example.com/send -H 'Content-Type: application/json' -d '{"to":"+447700900123","text":"Hi",}'`,
    expected: {
      notes: ['check JSON'],
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body",}`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a JSON number as recipient',
    command: String.raw`curl https://api.example.com/send -H 'Content-Type: application/json' -d '{"to":447700900123,"text":"Hi","ttl":60}'`,
    expected: {
      notes: ['check to in the body', 'check to in the body'],
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body","ttl":60}`,
      to: '447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
]
