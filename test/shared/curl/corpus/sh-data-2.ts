import type { CorpusCase } from './case.ts'

export const shData2: CorpusCase[] = [
  {
    title: "a vendor's own JSON type",
    command: String.raw`curl https://api.example.com/send -H 'Content-Type: application/vnd.api+json' -d '{"data":{"attributes":{"phone_number":"+447700900123","message":"Hi \u00e9"}}}'`,
    expected: {
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/vnd.api+json
{"data":{"attributes":{"phone_number":"$$To","message":"$$Body"}}}`,
      to: '+447700900123',
      body: 'Hi é',
    },
  },
  {
    title: 'XML',
    command: String.raw`curl https://api.example.com/xml -H 'Content-Type: text/xml' -d '<?xml version="1.0"?><sms><auth key="k-123456"/><to>+447700900123</to><text>Tom &amp; Jerry</text></sms>'`,
    expected: {
      request: 'POST https://api.example.com/xml',
      raw: String.raw`text/xml
<?xml version="1.0"?><sms><auth key="{{secret:key}}"/><to>$$To</to><text>$$Body</text></sms>`,
      to: '+447700900123',
      body: 'Tom & Jerry',
      secrets: { key: 'k-123456' },
    },
  },
  {
    title: 'XML with attributes',
    command: String.raw`curl https://api.example.com/xml -H 'Content-Type: application/xml' --data-binary '<send><message to="447700900123" from="ACME"><![CDATA[Hi <b>]]></message></send>'`,
    expected: {
      notes: ['check send/message/to in the body'],
      request: 'POST https://api.example.com/xml',
      raw: String.raw`application/xml
<send><message to="$$To" from="$$From"><![CDATA[$$Body]]></message></send>`,
      to: '447700900123',
      body: 'Hi <b>',
      from: 'ACME',
      number: 'digits',
    },
  },
  {
    title: 'plain text',
    command: String.raw`curl 'https://api.example.com/send?to=447700900123' -H 'Content-Type: text/plain; charset=utf-8' --data-binary 'Hello you'`,
    expected: {
      notes: ['check query to'],
      request: 'POST https://api.example.com/send?to=$$To',
      raw: String.raw`text/plain; charset=utf-8
$$Body`,
      to: '447700900123',
      body: 'Hello you',
      number: 'digits',
    },
  },
  {
    title: 'a form that rows cannot say',
    command: String.raw`curl https://api.example.com/send -d 'to=%2B447700900123&flag&text=caf%E9'`,
    expected: {
      request: 'POST https://api.example.com/send',
      raw: String.raw`application/x-www-form-urlencoded
to=$$To&flag&text=$$Body`,
      to: '+447700900123',
      body: 'caf�',
    },
  },
  {
    title: '-G joins the query',
    command: String.raw`curl -G 'https://api.example.com/send?v=2' -d to=%2B447700900123 --data-urlencode 'text=a & b'`,
    expected: {
      request: 'GET https://api.example.com/send',
      form: ['v=2', 'to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'a & b',
    },
  },
  {
    title: '--url-query',
    command: String.raw`curl https://api.example.com/send --url-query 'to=+447700900123' --url-query '+text=a%20b'`,
    expected: {
      request: 'GET https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'a b',
    },
  },
  {
    title: 'an empty body',
    command: String.raw`curl -d '' 'https://api.example.com/send?to=%2B447700900123&text=Hi'`,
    expected: {
      request: 'POST https://api.example.com/send?to=$$To&text=$$Body',
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '-X POST with everything in the query',
    command: String.raw`curl -X POST 'https://api.example.com/send?to=%2B447700900123&text=Hi%20you&token=tok-998877'`,
    expected: {
      request: 'POST https://api.example.com/send?to=$$To&text=$$Body&token={{secret:token}}',
      to: '+447700900123',
      body: 'Hi you',
      secrets: { token: 'tok-998877' },
    },
  },
  {
    title: '-X GET with data',
    command: 'curl -X GET https://api.example.com/send -d to=%2B447700900123 -d text=Hi',
    expected: {
      notes: ['check -d'],
      request: 'GET https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: '-X GET with JSON',
    command: String.raw`curl -X GET https://api.example.com/send -H 'Content-Type: application/json' -d '{"to":"+447700900123","text":"Hi"}'`,
    expected: {
      notes: ['unsupported body'],
      request: 'GET https://api.example.com/send',
      headers: ['Content-Type: application/json'],
      raw: String.raw`application/json
{"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'several recipients as rows',
    command: String.raw`curl https://api.example.com/send -d 'to[]=%2B447700900123' -d 'to[]=%2B447700900124' -d text=Hi`,
    expected: {
      notes: ['check parameter to[]'],
      request: 'POST https://api.example.com/send',
      form: ['to[]=$$To', 'off to[]=+447700900124', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'several messages in JSON',
    command: String.raw`curl https://api.example.com/send --json '{"batch":"b1","messages":[{"recipient":"+447700900123","content":"One"},{"recipient":"+447700900124","content":"Two"},{"recipient":"+447700900125","content":"Three"}]}'`,
    expected: {
      notes: ['check messages[1], messages[2]'],
      request: 'POST https://api.example.com/send',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
{"batch":"b1","messages":[{"recipient":"$$To","content":"$$Body"}]}`,
      to: '+447700900123',
      body: 'One',
    },
  },
  {
    title: 'a tel: prefix',
    command: String.raw`curl https://api.example.com/send --json '{"address":"tel:+447700900123","message":"Hi"}'`,
    expected: {
      request: 'POST https://api.example.com/send',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
{"address":"tel:$$To","message":"$$Body"}`,
      to: 'tel:+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'template instead of text',
    command: String.raw`curl https://api.example.com/send --json '{"to":"+447700900123","template_id":"welcome-1","variables":{"name":"Ann"}}'`,
    expected: {
      choices: ['template_id in the body: leave', 'variables.name in the body: leave'],
      notes: ['check $$Body'],
      request: 'POST https://api.example.com/send',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
{"to":"$$To","template_id":"welcome-1","variables":{"name":"Ann"}}`,
      to: '+447700900123',
    },
  },
]
