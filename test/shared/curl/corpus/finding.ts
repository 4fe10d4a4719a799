import type { CorpusCase } from './case.ts'

export const finding: CorpusCase[] = [
  {
    title: 'two numbers by name',
    command: 'curl https://api.example.com/send -d to=%2B447700900123 -d phone=%2B447700900999 -d text=Hi',
    expected: {
      choices: ['parameter to: To', 'parameter phone: leave'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'phone=+447700900999', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a number by its look alone',
    command: 'curl https://api.example.com/send -d zz=%2B447700900123 -d text=Hi',
    expected: {
      choices: ['parameter zz: To'],
      request: 'POST https://api.example.com/send',
      form: ['zz=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'two texts',
    command: 'curl https://api.example.com/send -d to=%2B447700900123 -d text=Hi -d message=Hey',
    expected: {
      choices: ['parameter text: Body', 'parameter message: leave'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body', 'message=Hey'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'no number and no text',
    command: 'curl https://api.example.com/send -d a=1 -d b=x',
    expected: {
      choices: ['parameter a: leave', 'parameter b: leave'],
      notes: ['check $$To', 'check $$Body'],
      request: 'POST https://api.example.com/send',
      form: ['a=1', 'b=x'],
    },
  },
  {
    title: 'a sender that is a number',
    command: 'curl https://api.example.com/send -d from=%2B447700900999 -d to=%2B447700900123 -d text=Hi',
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['from=$$From', 'to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      from: '+447700900999',
    },
  },
  {
    title: 'hints everywhere',
    command: String.raw`curl 'https://api.example.com/send?api_key=YOUR_API_KEY&to=RECIPIENT_NUMBER&from=<sender>&text={message}&route=YOUR_ROUTE'`,
    expected: {
      notes: ['check <sender>', 'check YOUR_ROUTE'],
      request: 'GET https://api.example.com/send',
      form: ['api_key={{secret:API_KEY}}', 'to=$$To', 'from=$$From', 'text=$$Body', 'route=YOUR_ROUTE'],
      to: 'RECIPIENT_NUMBER',
      body: '{message}',
      secrets: { API_KEY: '' },
    },
  },
  {
    title: 'the same number twice',
    command: String.raw`curl 'https://api.example.com/send?to=%2B447700900123' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send?to=$$To',
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'dummies of numbers',
    command: String.raw`curl 'https://api.example.com/send?key=xxxxxxxxxxxx&mobile=91XXXXXXXXXX&sms=Test%20sms'`,
    expected: {
      notes: ['check parameter mobile'],
      request: 'GET https://api.example.com/send',
      form: ['key={{secret:key}}', 'mobile=$$To', 'sms=$$Body'],
      to: '91XXXXXXXXXX',
      body: 'Test sms',
      number: 'digits',
      secrets: { key: '' },
    },
  },
  {
    title: 'a number with spaces and brackets',
    command: String.raw`curl https://api.example.com/send --data-urlencode 'to=+44 (7700) 900-123' -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '+44 (7700) 900-123',
      body: 'Hi',
    },
  },
  {
    title: 'ids that look like numbers',
    command:
      'curl https://api.example.com/send -d accountid=441234567890 -d template_id=1207161234567 -d to=%2B447700900123 -d text=Hi',
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['accountid=441234567890', 'template_id=1207161234567', 'to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
  {
    title: 'a number with 00',
    command: 'curl https://api.example.com/send -d to=00447700900123 -d text=Hi',
    expected: {
      notes: ['check parameter to'],
      request: 'POST https://api.example.com/send',
      form: ['to=$$To', 'text=$$Body'],
      to: '00447700900123',
      body: 'Hi',
      number: 'digits',
    },
  },
  {
    title: 'several numbers in one value',
    command: String.raw`curl https://api.example.com/send -d 'numbers=447700900123,447700900124' -d text=Hi`,
    expected: {
      notes: ['check parameter numbers', 'check parameter numbers'],
      request: 'POST https://api.example.com/send',
      form: ['numbers=$$To', 'text=$$Body'],
      to: '447700900123,447700900124',
      body: 'Hi',
      number: 'digits',
    },
  },
  {
    title: 'secrets in JSON',
    command: String.raw`curl https://api.example.com/send --json '{"auth":{"username":"ann","password":"pw-11","apiKey":"k-22"},"to":"+447700900123","text":"Hi"}'`,
    expected: {
      request: 'POST https://api.example.com/send',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
{"auth":{"username":"ann","password":"{{secret:password}}","apiKey":"{{secret:apiKey}}"},"to":"$$To","text":"$$Body"}`,
      to: '+447700900123',
      body: 'Hi',
      secrets: { password: 'pw-11', apiKey: 'k-22' },
    },
  },
  {
    title: 'one credential in two places',
    command: String.raw`curl 'https://api.example.com/send?token=tok-998877' -H 'X-Token: tok-998877' -d to=%2B447700900123 -d text=Hi`,
    expected: {
      request: 'POST https://api.example.com/send?token={{secret:token}}',
      headers: ['X-Token: {{secret:token}}'],
      form: ['to=$$To', 'text=$$Body'],
      to: '+447700900123',
      body: 'Hi',
      secrets: { token: 'tok-998877' },
    },
  },
  {
    title: 'text that is a flag',
    command: 'curl https://api.example.com/send -d sms=1 -d to=%2B447700900123 -d message=Hi',
    expected: {
      request: 'POST https://api.example.com/send',
      form: ['sms=1', 'to=$$To', 'message=$$Body'],
      to: '+447700900123',
      body: 'Hi',
    },
  },
]
