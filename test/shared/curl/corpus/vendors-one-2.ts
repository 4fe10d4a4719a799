import type { CorpusCase } from './case.ts'

export const vendorsOne2: CorpusCase[] = [
  {
    title: 'TextLocal',
    command:
      'curl -X POST https://api.textlocal.in/send/ -d "apikey=NzE0ZDY2abc=" -d "numbers=919876543210" -d "sender=TXTLCL" --data-urlencode "message=Hi there, welcome"',
    expected: {
      notes: ['check parameter numbers'],
      request: 'POST https://api.textlocal.in/send/',
      name: 'TextLocal',
      form: ['apikey={{secret:apikey}}', 'numbers=$$To', 'sender=$$From', 'message=$$Body'],
      to: '919876543210',
      body: 'Hi there, welcome',
      from: 'TXTLCL',
      number: 'digits',
      secrets: { apikey: 'NzE0ZDY2abc=' },
    },
  },
  {
    title: 'BulkSMS',
    command: String.raw`curl -X POST -u 'D4C0-01:Rt!9x' -H 'Content-Type: application/json' 'https://api.bulksms.com/v1/messages?auto-unicode=true&longMessageMaxParts=30' -d '[{"to": "+27820001111", "body": "Hello World!"}]'`,
    expected: {
      request: 'POST https://api.bulksms.com/v1/messages?auto-unicode=true&longMessageMaxParts=30',
      name: 'BulkSMS',
      auth: 'basic D4C0-01 : {{secret:password}}',
      raw: String.raw`application/json
[{"to": "$$To", "body": "$$Body"}]`,
      to: '+27820001111',
      body: 'Hello World!',
      secrets: { password: 'Rt!9x' },
    },
  },
  {
    title: 'BulkSMS with typed addresses',
    command: String.raw`curl https://api.bulksms.com/v1/messages --user tokid:toksecret9 --json '{"from":{"type":"ALPHANUMERIC","address":"ACME"},"to":{"type":"INTERNATIONAL","address":"27820001111"},"body":"Hi"}'`,
    expected: {
      notes: ['check to.address in the body'],
      request: 'POST https://api.bulksms.com/v1/messages',
      name: 'BulkSMS',
      auth: 'basic tokid : {{secret:password}}',
      headers: ['Accept: application/json'],
      raw: String.raw`application/json
{"from":{"type":"ALPHANUMERIC","address":"$$From"},"to":{"type":"INTERNATIONAL","address":"$$To"},"body":"$$Body"}`,
      to: '27820001111',
      body: 'Hi',
      from: 'ACME',
      number: 'digits',
      secrets: { password: 'toksecret9' },
    },
  },
  {
    title: 'Nimbus',
    command:
      'curl -G https://nimbusit.net/api/pushsms -d user=acme -d authkey=92x7Kb44 -d sender=ACMEIN -d mobile=9876543210 --data-urlencode "text=Dear customer, your code is 1234" -d entityid=1201159000000000000 -d templateid=1207160000000000000 -d rpt=1',
    expected: {
      notes: ['check parameter mobile'],
      request: 'GET https://nimbusit.net/api/pushsms',
      name: 'Nimbus',
      form: [
        'user=acme',
        'authkey={{secret:authkey}}',
        'sender=$$From',
        'mobile=$$To',
        'text=$$Body',
        'entityid=1201159000000000000',
        'templateid=1207160000000000000',
        'rpt=1',
      ],
      to: '9876543210',
      body: 'Dear customer, your code is 1234',
      from: 'ACMEIN',
      number: 'national',
      secrets: { authkey: '92x7Kb44' },
    },
  },
  {
    title: 'SMSINDIAHUB',
    command:
      'curl "http://cloud.smsindiahub.in/vendorsms/pushsms.aspx?APIKey=Zx81kQp0&msisdn=919898989898&sid=ACMEIN&msg=Test%20Message&fl=0&gwid=2"',
    expected: {
      choices: ['parameter sid: From'],
      notes: ['check parameter msisdn'],
      request: 'GET http://cloud.smsindiahub.in/vendorsms/pushsms.aspx',
      name: 'SMSINDIAHUB',
      form: ['APIKey={{secret:APIKey}}', 'msisdn=$$To', 'sid=$$From', 'msg=$$Body', 'fl=0', 'gwid=2'],
      to: '919898989898',
      body: 'Test Message',
      from: 'ACMEIN',
      number: 'digits',
      secrets: { APIKey: 'Zx81kQp0' },
    },
  },
  {
    title: 'SMSINDIAHUB JSON',
    command: String.raw`curl https://cloud.smsindiahub.in/api/mt/SendSMS -H "Content-Type: application/json" --data-raw '{"Account":{"APIKey":"Zx81kQp0","SenderId":"ACMEIN","Channel":"Trans","DCS":"0","Route":"1"},"Messages":[{"Number":"919898989898","Text":"Test Message"}]}'`,
    expected: {
      notes: ['check Messages[0].Number in the body'],
      request: 'POST https://cloud.smsindiahub.in/api/mt/SendSMS',
      name: 'SMSINDIAHUB',
      raw: String.raw`application/json
{"Account":{"APIKey":"{{secret:APIKey}}","SenderId":"$$From","Channel":"Trans","DCS":"0","Route":"1"},"Messages":[{"Number":"$$To","Text":"$$Body"}]}`,
      to: '919898989898',
      body: 'Test Message',
      from: 'ACMEIN',
      number: 'digits',
      secrets: { APIKey: 'Zx81kQp0' },
    },
  },
  {
    title: 'Vonage',
    command: String.raw`curl -X "POST" "https://rest.nexmo.com/sms/json" \
  -d "from=AcmeInc" \
  -d "text=A text message sent using the SMS API" \
  -d "to=447700900000" \
  -d "api_key=abcd1234" \
  -d "api_secret=s3CretS3cret"`,
    expected: {
      notes: ['check parameter to'],
      request: 'POST https://rest.nexmo.com/sms/json',
      name: 'Vonage',
      form: [
        'from=$$From',
        'text=$$Body',
        'to=$$To',
        'api_key={{secret:api_key}}',
        'api_secret={{secret:api_secret}}',
      ],
      to: '447700900000',
      body: 'A text message sent using the SMS API',
      from: 'AcmeInc',
      number: 'digits',
      secrets: { api_key: 'abcd1234', api_secret: 's3CretS3cret' },
    },
  },
  {
    title: 'Vonage Messages API',
    command: String.raw`curl -X POST https://api.nexmo.com/v1/messages \
  -H 'Authorization: Bearer '$JWT\
  -H 'Content-Type: application/json' \
  -d $'{\n "to": "447700900001",\n "from": "447700900000",\n "channel": "sms",\n "message_type": "text",\n "text": "It\'s here"\n}'`,
    expected: {
      notes: ['check to in the body'],
      request: 'POST https://api.nexmo.com/v1/messages',
      name: 'Vonage',
      auth: 'bearer {{secret:JWT}}',
      raw: String.raw`application/json
{
 "to": "$$To",
 "from": "$$From",
 "channel": "sms",
 "message_type": "text",
 "text": "$$Body"
}`,
      to: '447700900001',
      body: String.raw`It's here`,
      from: '447700900000',
      number: 'digits',
      secrets: { JWT: '' },
    },
  },
]
